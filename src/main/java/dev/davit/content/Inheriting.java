package dev.davit.content;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Gives directories of a layer the owner, mode and time that they have in the layers below.
final class Inheriting {
  private Inheriting() {}

  /// @param paths below `layer`, parents first
  /// @param below the topmost first
  static void inherit(Path layer, List<String> paths, List<Path> below) {
    try (Fd root = open(layer)) {
      for (String path : paths.reversed()) {
        find(path, below).ifPresent(stat -> give(root, path, stat));
      }
    }
  }

  private static Optional<Stat> find(String path, List<Path> below) {
    for (Path layer : below) {
      try (Fd root = open(layer)) {
        Optional<Fd> found = InRoot.open(root, path, Open.PATH | Open.NOFOLLOW);
        if (found.isPresent()) {
          try (Fd file = found.get()) {
            return Optional.of(Stat.of(file)).filter(stat -> stat.type() == Stat.DIRECTORY);
          }
        }
      } catch (dev.davit.linux.SyscallException _) {
        // Something that is no directory is in the way: it hides what is below.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void give(Fd root, String path, Stat stat) {
    Optional<Fd> found = InRoot.open(root, path, Open.RDONLY | Open.DIRECTORY | Open.NOFOLLOW);
    if (found.isPresent()) {
      try (Fd directory = found.get()) {
        FileCalls.chown(directory, stat.uid(), stat.gid());
        FileCalls.chmod(directory, stat.mode() & 07777);
        FileCalls.times(directory, stat.mtime());
      }
    }
  }

  private static Fd open(Path layer) {
    return Kernel.open(layer.toString(), Open.PATH | Open.DIRECTORY, 0);
  }
}
