package dev.davit.image;

import dev.davit.linux.Fd;
import java.nio.file.Path;
import java.util.List;

/// The root file system of a container: an overlay of its image and its own writable layer.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class Rootfs {
  private Rootfs() {}

  /// The overlay as a detached mount, which vanishes with its last user.
  ///
  /// @param lowerdirs the topmost first
  /// @param upperdir what the container writes
  /// @param workdir empty, on the same file system as `upperdir`
  public static Fd mount(List<Path> lowerdirs, Path upperdir, Path workdir) {
    throw new UnsupportedOperationException("" + lowerdirs + upperdir + workdir);
  }
}
