package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.io.ByteArrayOutputStream;

/// Reads what a container's files are to hold, at each of its starts: the host's file as it is
/// then, or what was handed over.
final class GivenFiles {
  // Each is held in memory for as long as the container runs.
  private static final int LIMIT = 16 * 1024 * 1024;

  private final ContentStore contents;

  GivenFiles(ContentStore contents) {
    this.contents = contents;
  }

  /// What the file of `mount` is to hold.
  byte[] read(Life life, MountConfig mount) {
    FileConfig file = mount.file().orElseThrow();
    if (file.path().isPresent()) {
      return readHost(file.name(), file.path().get());
    }
    return contents
        .find(life.id(), mount.target())
        .map(Content::bytes)
        .orElseThrow(() -> lost(file));
  }

  /// Throws where the host's file of `file` cannot be read as it is now.
  static void check(FileConfig file) {
    file.path().ifPresent(path -> readHost(file.name(), path));
  }

  private static DavitException lost(FileConfig file) {
    return new DavitException(
        Kind.UNAVAILABLE,
        "the content of %s, from %s, is gone: it was kept in memory, and the machine was restarted"
            .formatted(file.name(), file.origin()),
        "run \"davit up\" again: it hands it over");
  }

  private static byte[] readHost(String name, String path) {
    // Looked at before it is opened: opening a FIFO waits, opening a device may do anything.
    try (Fd place = Kernel.open(path, Open.PATH, 0)) {
      Stat stat = Stat.of(place);
      if (stat.type() == Stat.DIRECTORY) {
        throw unfit(name, path, "is a directory", "name a file, or mount it below volumes:");
      }
      if (stat.type() != Stat.REGULAR) {
        throw unfit(name, path, "is no regular file", "name a regular file");
      }
      try (Fd file = Kernel.open(place.magicLink().toString(), Open.RDONLY, 0)) {
        return readAll(name, path, file);
      }
    } catch (SyscallException e) {
      throw new DavitException(
          e.kind(),
          "file \"%s\" of %s cannot be read: %s".formatted(path, name, e.errno().print()),
          "create it, or correct the path",
          e);
    }
  }

  private static byte[] readAll(String name, String path, Fd file) {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      byte[] some = Kernel.read(file, 64 * 1024);
      if (some.length == 0) {
        return bytes.toByteArray();
      }
      bytes.writeBytes(some);
      if (bytes.size() > LIMIT) {
        throw unfit(name, path, "has more than 16 MiB", "mount it below volumes: instead");
      }
    }
  }

  private static DavitException unfit(String name, String path, String why, String action) {
    return new DavitException(
        Kind.INVALID, "file \"%s\" of %s %s".formatted(path, name, why), action);
  }
}
