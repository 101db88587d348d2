package dev.davit.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  private long generation;
  private boolean prepared;
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

  /// What an append tells while it is made.
  interface Progress {
    /// The log is about to become another file.
    void rotating() throws IOException;

    /// Bytes are about to be written behind the first `size` ones.
    void writing(long size) throws IOException;
  }

  /// Whether anything is kept.
  boolean kept() {
    return kept;
  }

  /// How long the current file is.
  long size() {
    lock.lock();
    try {
      return open().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Appends the lines: all of them, or none where it fails.
  void append(LogBatch batch, Progress progress) {
    if (!kept) {
      return;
    }
    lock.lock();
    try {
      FileChannel file = open();
      // Asked each time: people empty these files.
      long size = file.size();
      if (maxSize > 0 && size > 0 && size + batch.size() > maxSize) {
        progress.rotating();
        rotate();
        file = open();
        size = file.size();
      }
      progress.writing(size);
      write(file, size, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Writes the lines behind the first `size` bytes, in place of whatever stands there.
  void replace(long size, LogBatch batch) {
    lock.lock();
    try {
      FileChannel file = open();
      file.truncate(size);
      write(file, size, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private static void write(FileChannel file, long size, LogBatch batch) throws IOException {
    ByteBuffer bytes = batch.buffer();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      file.truncate(size);
      throw e;
    }
  }

  private FileChannel open() throws IOException {
    FileChannel file = channel;
    if (file == null) {
      prepare();
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      channel = file;
      LogPart.cutTorn(path, file);
    }
    return file;
  }

  private void rotate() throws IOException {
    closeChannel();
    for (int i = maxFiles - 2; i >= 0; i--) {
      shift(i, i + 1);
    }
    if (maxFiles == 1) {
      // An open reader keeps the old file; a new one starts.
      Files.deleteIfExists(path);
    }
    long old = generation++;
    if (compress) {
      // One at a time, and who writes waits for none.
      packing = packing.thenRunAsync(() -> compress(old), Thread::startVirtualThread);
    }
  }

  private void shift(int from, int to) throws IOException {
    if (exists(numbered(from))) {
      Files.deleteIfExists(numbered(to));
      Files.deleteIfExists(LogPart.packed(numbered(to)));
      move(numbered(from), numbered(to));
      move(LogPart.packed(numbered(from)), LogPart.packed(numbered(to)));
    }
  }

  private static boolean exists(Path plain) {
    return Files.exists(plain) || Files.exists(LogPart.packed(plain));
  }

  // What an engine has left that was killed meanwhile: the half of a compression, and a gap in the
  // numbers.
  private void prepare() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (prepared || directory == null || !Files.isDirectory(directory)) {
      return;
    }
    prepared = true;
    try (var left = Files.newDirectoryStream(directory, path.getFileName() + "*.tmp")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    int next = 1;
    for (int i = 1; i < maxFiles; i++) {
      if (exists(numbered(i))) {
        if (Files.exists(numbered(i))) {
          Files.deleteIfExists(LogPart.packed(numbered(i)));
        }
        if (i != next) {
          shift(i, next);
        }
        next++;
      }
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
      prepare();
      var parts = new ArrayList<LogPart>();
      for (int i = maxFiles - 1; i >= 0; i--) {
        long number = generation - i;
        Path plain = numbered(i);
        if (number > known && exists(plain)) {
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
