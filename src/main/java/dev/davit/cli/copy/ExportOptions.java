package dev.davit.cli.copy;

import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/// How `export` exports.
///
/// @param output to stdout, which must be no terminal, where it is null
/// @param hostFiles whether the host's own are meant too, where the image is `davit/host`
public record ExportOptions(
    @Option(shortName = 'o', description = "Write to a file, instead of STDOUT")
        @Nullable String output,
    @Option(description = "Export all files of the host too, where the image is davit/host")
        boolean hostFiles) {}
