package dev.davit.cli.copy;

import dev.davit.archive.Owner;
import org.springframework.shell.core.command.annotation.Option;

/// How `cp` copies.
///
/// @param archive owners as at the source; else all is root's
/// @param followLink a source that is a symbolic link means what it leads to
public record CopyOptions(
    @Option(shortName = 'a', description = "Archive mode (copy all uid/gid information)")
        boolean archive,
    @Option(
            shortName = 'L',
            longName = "follow-link",
            description = "Always follow symbol link in SRC_PATH")
        boolean followLink) {
  Owner owner() {
    return archive ? new Owner.AsArchived() : new Owner.Of(0, 0);
  }
}
