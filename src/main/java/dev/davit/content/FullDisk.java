package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Failures for want of space or of quota: nobody's fault but the disk's, and over when there is
/// some.
final class FullDisk {
  private static final int MEGABYTE = 1_000_000;

  private FullDisk() {}

  /// Whether that is at the bottom of `failure`.
  static boolean isCauseOf(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .anyMatch(FullDisk::isFull);
  }

  private static boolean isFull(Throwable failure) {
    return switch (failure) {
      case SyscallException call -> call.errno() == Errno.ENOSPC || call.errno() == Errno.EDQUOT;
      // The JDK has no class for it, only the words of strerror(3).
      case IOException e -> {
        String said = String.valueOf(e.getMessage());
        yield said.endsWith("No space left on device") || said.endsWith("Disk quota exceeded");
      }
      default -> false;
    };
  }

  /// `failure` in words for people: which file system is full, what is free and what would be
  /// needed.
  ///
  /// @param directory on that file system
  /// @param lacking bytes that were still to come, before they are unpacked; empty: nobody knows
  static DavitException explained(Throwable failure, Path directory, OptionalLong lacking) {
    return new DavitException(
        Kind.UNAVAILABLE,
        "no space is left for images in \"%s\": %s%s"
            .formatted(
                directory, free(directory), lacking.isPresent() ? needed(lacking.getAsLong()) : ""),
        "\"davit df\" shows what takes it, \"davit image prune --all\" removes images that no container"
            + " uses; what has come is kept, and the next try goes on from there",
        failure);
  }

  private static String needed(long lacking) {
    return ", and %d MB are still to come, which take more when they are unpacked"
        .formatted((lacking + MEGABYTE - 1) / MEGABYTE);
  }

  private static String free(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      // Its text is the mount point and the device.
      return "file system %s has %d of %d MB free"
          .formatted(store, store.getUsableSpace() / MEGABYTE, store.getTotalSpace() / MEGABYTE);
    } catch (IOException _) {
      return "its file system is full";
    }
  }
}
