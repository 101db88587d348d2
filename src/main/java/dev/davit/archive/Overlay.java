package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.linux.Fd;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.nio.charset.StandardCharsets;

/// What takes something away from the layers below: as overlayfs has it on the disk (overlayfs.rst)
/// and as layers have it in their archives (the OCI image spec, layer.md).
final class Overlay {
  /// Before the name of what is taken away.
  static final String WHITEOUT = ".wh.";

  /// What aufs kept for itself begins so.
  static final String META = ".wh..wh.";

  /// In a directory that shows nothing of the layers below.
  static final String OPAQUE = META + ".opq";

  /// The attribute of such a directory.
  static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";

  private Overlay() {}

  /// Whether it is a character device 0/0.
  static boolean isWhiteout(Stat stat) {
    return stat.type() == Stat.CHARACTER && stat.rdev() == 0;
  }

  static boolean isOpaque(Found directory) {
    try (Fd readable = FileTree.readable(directory, 0)) {
      return Xattr.list(readable).contains(OPAQUE_ATTRIBUTE)
          && new String(Xattr.get(readable, OPAQUE_ATTRIBUTE), StandardCharsets.US_ASCII)
              .equals("y");
    }
  }
}
