package dev.davit.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A file of a log, open for reading whatever becomes of its name. For one thread.
final class LogPart implements AutoCloseable {
  private static final String PACKED = ".gz";
  private static final int CHUNK = 4096;

  private final Path path;
  private final long generation;
  private FileChannel channel;
  private boolean packed;

  private LogPart(Path path, long generation, boolean packed) throws IOException {
    this.path = path;
    this.generation = generation;
    this.packed = packed;
    channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  /// The file `plain`, or what it was compressed to; one of them exists.
  static LogPart open(Path plain, long generation) throws IOException {
    boolean whole = Files.exists(plain);
    return new LogPart(whole ? plain : packed(plain), generation, !whole);
  }

  /// Where `plain` is kept compressed.
  static Path packed(Path plain) {
    return plain.resolveSibling(plain.getFileName() + PACKED);
  }

  /// Cuts off what stands behind the last newline of `path`: half a line, of a machine that stopped
  /// while it was written. The next line would be glued to it.
  ///
  /// @param writing the same file
  static void cutTorn(Path path, FileChannel writing) throws IOException {
    long end = writing.size();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      while (end > 0) {
        var chunk = ByteBuffer.allocate((int) Math.min(end, CHUNK));
        long from = end - chunk.capacity();
        while (chunk.hasRemaining() && channel.read(chunk, from + chunk.position()) > 0) {}
        int last = chunk.position() - 1;
        while (last >= 0 && chunk.get(last) != '\n') {
          last--;
        }
        end = from + last + 1;
        if (last >= 0) {
          break;
        }
      }
    }
    if (end < writing.size()) {
      writing.truncate(end);
    }
  }

  /// Compresses all of it into the file `target`.
  void pack(Path target) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Channels.newInputStream(channel.position(0)).transferTo(out);
    }
  }

  /// Counts rotations; the one after this is the next newer file.
  long generation() {
    return generation;
  }

  /// What was written. What is compressed is unpacked for it, into a file that has no name.
  FileChannel channel() throws IOException {
    if (packed) {
      Path file = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp");
      FileChannel plain = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
      try (FileChannel from = channel;
          var in = new GZIPInputStream(Channels.newInputStream(from))) {
        in.transferTo(Channels.newOutputStream(plain));
      }
      channel = plain;
      packed = false;
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
