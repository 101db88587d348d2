package dev.davit.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are replaced as a whole: whoever reads finds the old content or the new one, also
/// after this process has died in between. Their owner alone reads them. One writer of a file at a
/// time.
public final class WholeFile {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String PART = ".new";

  private WholeFile() {}

  /// The content survives the end of this process, not yet that of the machine.
  public static void replace(Path file, byte[] content) {
    replace(file, content, false);
  }

  /// The content is on the disk before it is visible; only the machine's end can bring the old file
  /// back, until [#sync].
  public static void replaceWhole(Path file, byte[] content) {
    replace(file, content, true);
  }

  /// The new content survives a power cut when this returns.
  public static void replaceDurably(Path file, byte[] content) {
    replace(file, content, true);
    try {
      force(parent(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until the file as it is now, and its name, survive a power cut.
  public static void sync(Path file) throws IOException {
    force(file);
    force(parent(file));
  }

  /// Removes the file and what a writer that died has left of it; no error if there is none.
  public static void remove(Path file) {
    try {
      Files.deleteIfExists(part(file));
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Path file, byte[] content, boolean synced) {
    Path part = part(file);
    try {
      try (var out =
          FileChannel.open(
              part,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              OWNER_ONLY)) {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        if (synced) {
          out.force(true);
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(false);
    }
  }

  /// Where the new content of `file` lies until it is whole; a writer that died leaves it there.
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }

  private static Path parent(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }
}
