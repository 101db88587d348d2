package dev.davit.volume;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import java.nio.file.Path;

/// What is mounted where.
final class MountTable {
  private MountTable() {}

  /// Whether something is mounted at `place`, which has a name. The kernel is asked about that one
  /// place: its list of all mounts is long where there are many containers.
  static boolean has(Path place) {
    try (Fd parent =
        Kernel.open(place.resolveSibling(".").toString(), Open.PATH | Open.DIRECTORY, 0)) {
      return RemoveTree.isMount(parent, String.valueOf(place.getFileName()));
    }
  }
}
