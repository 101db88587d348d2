package dev.davit.content;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Syscall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Changes of the store's files that are whole or did not happen.
final class Durable {
  private Durable() {}

  /// Replaces `file`; it is on the disk when this returns, with all that was written to this file
  /// system before.
  static void replace(Path file, byte[] content) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, content);
      // One call for thousands of files of layers; each by itself would take a disk access.
      sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      try (Fd directory = open(file.resolveSibling(""))) {
        Kernel.call(Syscall.FSYNC, directory.number());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// syncfs(2) of the file system that `path` is on.
  private static void sync(Path path) {
    try (Fd fd = open(path)) {
      Kernel.call(Syscall.SYNCFS, fd.number());
    }
  }

  private static Fd open(Path path) {
    return Kernel.open(path.toAbsolutePath().toString(), Open.RDONLY, 0);
  }

  /// Removes `directory` with all that is in it; it is no error if there is none.
  static void remove(Path directory) {
    Path absolute = directory.toAbsolutePath();
    try (Fd parent = open(absolute.resolveSibling(""))) {
      RemoveTree.remove(parent, absolute.getFileName().toString());
    }
  }
}
