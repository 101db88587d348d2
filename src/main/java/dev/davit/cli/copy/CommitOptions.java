package dev.davit.cli.copy;

import java.util.List;
import org.springframework.shell.core.command.annotation.Option;

/// How `commit` makes an image.
///
/// @param change Dockerfile instructions
/// @param pause whether the container stands still meanwhile
public record CommitOptions(
    @Option(shortName = 'a', description = "Author, such as \"Ada <ada@example.org>\"")
        String author,
    @Option(shortName = 'c', description = "Apply a Dockerfile instruction to the image")
        List<String> change,
    @Option(shortName = 'm', description = "Commit message") String message,
    @Option(shortName = 'p', defaultValue = "true", description = "Pause the container meanwhile")
        boolean pause) {}
