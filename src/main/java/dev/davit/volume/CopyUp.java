package dev.davit.volume;

import dev.davit.linux.Fd;
import java.nio.file.Path;

/// Fills a new volume with what the image has at its mount point.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class CopyUp {
  private CopyUp() {}

  /// Copies the directory `path` of `rootfs` into `volumeData` with owners, modes, times, links and
  /// extended attributes, and gives the volume's root the owner and mode of that directory. Does
  /// nothing if the volume is not empty or the image has no such directory.
  public static void copy(Fd rootfs, String path, Path volumeData) {
    throw new UnsupportedOperationException(rootfs + path + volumeData);
  }
}
