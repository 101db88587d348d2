package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The log of one container: the current file and, unless its size has no limit, older ones `.1`,
/// `.2`…, in docker's json-file format. Nothing is synced: what the page cache has outlives the
/// engine.
final class LogFile implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Path path;
  private final long maxSize;
  private final int maxFiles;
  private final boolean kept;
  private @Nullable FileChannel channel;
  private long size;
  private long generation;

  /// @param path of the current file; it is made with the first line
  LogFile(Path path, ContainerConfig.LogConfig config) {
    this.path = path;
    kept = !config.driver().equals("none");
    LogOptions options = LogOptions.of(config);
    maxSize = options.maxSize();
    maxFiles = options.maxFiles();
  }

  /// Lines of one moment, to be written with one call.
  static final class Batch {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final byte[] tail;

    /// @param attributes as [LogFormat#attributes] gives them
    Batch(Stream stream, Instant time, String attributes) {
      tail = LogFormat.tail(stream, time, attributes);
    }

    void add(byte[] text, int offset, int length) {
      LogFormat.encode(out, text, offset, length, tail);
    }

    boolean isEmpty() {
      return out.size() == 0;
    }
  }

  /// Appends the lines.
  void append(Batch batch) {
    if (!kept) {
      return;
    }
    lock.lock();
    try {
      if (maxSize > 0 && size > 0 && size + batch.out.size() > maxSize) {
        rotate();
      }
      FileChannel file = open();
      var bytes = ByteBuffer.wrap(batch.out.toByteArray());
      while (bytes.hasRemaining()) {
        size += file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private FileChannel open() throws IOException {
    FileChannel file = channel;
    if (file == null) {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      channel = file;
      size = file.size();
      if (maxSize > 0 && size > maxSize) {
        rotate();
        return open();
      }
    }
    return file;
  }

  private void rotate() throws IOException {
    closeChannel();
    for (int i = maxFiles - 2; i >= 0; i--) {
      if (Files.exists(numbered(i))) {
        Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (maxFiles == 1) {
      // An open reader keeps the old file; a new one starts.
      Files.deleteIfExists(path);
    }
    size = 0;
    generation++;
  }

  private Path numbered(int index) {
    return index == 0 ? path : path.resolveSibling(path.getFileName() + "." + index);
  }

  /// A file of the log, open for reading.
  ///
  /// @param generation counts rotations; the one after this is the next newer file
  record Part(FileChannel channel, long generation) {}

  /// All files, oldest first; the caller closes them.
  List<Part> parts() {
    return partsAfter(Long.MIN_VALUE);
  }

  /// The files newer than `known`, oldest first.
  List<Part> partsAfter(long known) {
    lock.lock();
    try {
      var parts = new ArrayList<Part>();
      for (int i = maxFiles - 1; i >= 0; i--) {
        long number = generation - i;
        if (number > known && Files.exists(numbered(i))) {
          parts.add(new Part(FileChannel.open(numbered(i), StandardOpenOption.READ), number));
        }
      }
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Whether the file of that generation is not the current one any more.
  boolean outdated(long known) {
    lock.lock();
    try {
      return known < generation;
    } finally {
      lock.unlock();
    }
  }

  private void closeChannel() throws IOException {
    FileChannel file = channel;
    channel = null;
    if (file != null) {
      file.close();
    }
  }

  /// Closes the current file; a later line opens it again.
  @Override
  public void close() {
    lock.lock();
    try {
      closeChannel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
