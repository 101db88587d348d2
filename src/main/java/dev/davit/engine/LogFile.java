package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one container: the current file and, unless its size has no limit, older ones `.1`,
/// `.2`…, or compressed `.1.gz`, `.2.gz`…, in docker's json-file format. Nothing is synced: what
/// the page cache has outlives the engine.
final class LogFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Path path;
  private final long maxSize;
  private final int maxFiles;
  private final boolean kept;
  private final boolean compress;
  private @Nullable FileChannel channel;
  private long size;
  private long generation;
  private CompletableFuture<Void> packing = CompletableFuture.completedFuture(null);

  /// @param path of the current file; it is made with the first line
  LogFile(Path path, ContainerConfig.LogConfig config) {
    this.path = path;
    kept = !config.driver().equals("none");
    LogOptions options = LogOptions.of(config);
    maxSize = options.maxSize();
    maxFiles = options.maxFiles();
    compress = options.compress();
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
      Files.deleteIfExists(LogPart.packed(numbered(i + 1)));
      move(numbered(i), numbered(i + 1));
      move(LogPart.packed(numbered(i)), LogPart.packed(numbered(i + 1)));
    }
    if (maxFiles == 1) {
      // An open reader keeps the old file; a new one starts.
      Files.deleteIfExists(path);
    }
    size = 0;
    long old = generation++;
    if (compress) {
      // One at a time, and who writes waits for none.
      packing = packing.thenRunAsync(() -> compress(old), Thread::startVirtualThread);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  // Meanwhile the file may get other names, or go.
  private void compress(long old) {
    try (LogPart part = LogPart.open(place(old), old)) {
      Path made = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp");
      try {
        part.pack(made);
        replace(old, made);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (NoSuchFileException gone) {
      // rotated away, or removed with its container
    } catch (IOException e) {
      LOG.warn("{} is not compressed", place(old), e);
    }
  }

  /// Completes when what is to be compressed now is.
  CompletableFuture<Void> packed() {
    lock.lock();
    try {
      return packing;
    } finally {
      lock.unlock();
    }
  }

  private void replace(long old, Path made) throws IOException {
    lock.lock();
    try {
      Path plain = place(old);
      if (Files.exists(plain)) {
        // In this order: what is read of two is the plain one.
        Files.move(made, LogPart.packed(plain));
        Files.delete(plain);
      }
    } finally {
      lock.unlock();
    }
  }

  private Path place(long old) {
    lock.lock();
    try {
      return numbered((int) (generation - old));
    } finally {
      lock.unlock();
    }
  }

  private Path numbered(int index) {
    return index == 0 ? path : path.resolveSibling(path.getFileName() + "." + index);
  }

  /// All files, oldest first; the caller closes them.
  List<LogPart> parts() {
    return partsAfter(Long.MIN_VALUE);
  }

  /// The files newer than `known`, oldest first.
  List<LogPart> partsAfter(long known) {
    lock.lock();
    try {
      var parts = new ArrayList<LogPart>();
      for (int i = maxFiles - 1; i >= 0; i--) {
        long number = generation - i;
        Path plain = numbered(i);
        if (number > known && (Files.exists(plain) || Files.exists(LogPart.packed(plain)))) {
          parts.add(LogPart.open(plain, number));
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
