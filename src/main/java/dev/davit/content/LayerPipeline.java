package dev.davit.content;

import dev.davit.archive.LayerUnpacking;
import dev.davit.archive.LayerUnpacking.Limits;
import dev.davit.archive.LayerUnpacking.Unpacked;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Digest;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Unpacks a layer while it comes: one thread takes the compression away, another hashes the tar
/// and makes the files. Who feeds it waits when they do not keep up, so that little is in memory.
final class LayerPipeline implements AutoCloseable {
  private static final int CHUNK = 128 * 1024;

  private final Pipe compressed = new Pipe();
  private final Pipe tar = new Pipe();
  private final FutureTask<Result> unpacking;
  private final Thread inflater;
  private final Thread unpacker;

  /// @param diffId of the whole tar stream
  record Result(Digest diffId, Unpacked unpacked) {}

  /// @param target to be made
  LayerPipeline(Path target, Digest.Algorithm algorithm, Limits limits) {
    unpacking = new FutureTask<>(() -> unpack(target, algorithm, limits));
    inflater = Thread.ofPlatform().daemon().name("layer-inflate").start(this::inflate);
    unpacker = Thread.ofPlatform().daemon().name("layer-unpack").start(unpacking);
  }

  /// Hands over the next bytes of the blob.
  void write(byte[] bytes, int from, int length) {
    if (!compressed.write(bytes, from, length)) {
      // The unpacking has ended: it says why, or it needs no more.
      compressed.end();
    }
  }

  /// Hands over the next `length` bytes of `in`, or what there is.
  void feed(InputStream in, long length) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long left = length;
    while (left > 0 && !hasFailed()) {
      int count = in.read(buffer, 0, (int) Math.min(left, CHUNK));
      if (count < 0) {
        return;
      }
      write(buffer, 0, count);
      left -= count;
    }
  }

  /// Whether it has failed, so that the rest need not come.
  boolean hasFailed() {
    return unpacking.state() == java.util.concurrent.Future.State.FAILED;
  }

  /// Waits until everything is unpacked.
  Result finish() {
    compressed.end();
    try {
      return unpacking.get();
    } catch (ExecutionException e) {
      throw explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "unpacking of a layer interrupted", null, e);
    }
  }

  // Its causes may lie behind those that the pipes handed on.
  private static DavitException explained(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DavitException known) {
        return known;
      }
    }
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    if (first instanceof IOException || first instanceof RuntimeException) {
      // The decoders throw either at what is broken.
      return new DavitException(
          Kind.INVALID, "layer cannot be unpacked: " + first.getMessage(), null, failure);
    }
    throw new IllegalStateException(failure);
  }

  private void inflate() {
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = Decompression.of(compressed)) {
      int count = in.readNBytes(buffer, 0, CHUNK);
      while (count > 0 && tar.write(buffer, 0, count)) {
        count = in.readNBytes(buffer, 0, CHUNK);
      }
      tar.end();
    } catch (IOException | RuntimeException e) {
      tar.fail(e);
    } finally {
      compressed.close();
    }
  }

  private Result unpack(Path target, Digest.Algorithm algorithm, Limits limits) throws IOException {
    Files.createDirectory(target);
    // The root of every container, whatever the umask of the engine.
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    var hash = algorithm.hash();
    try (Fd root = Kernel.open(target.toString(), Open.RDONLY | Open.DIRECTORY, 0);
        var in = new HashedInput(tar, hash, limits.bytes())) {
      Unpacked unpacked = LayerUnpacking.unpack(root, in, limits);
      drain(in);
      return new Result(Digest.of(algorithm, hash.digest()), unpacked);
    }
  }

  private static void drain(InputStream in) throws IOException {
    byte[] rest = new byte[CHUNK];
    while (in.read(rest, 0, CHUNK) >= 0) {
      // The digest is that of all, also of what tar does not look at.
    }
  }

  /// Ends it, wherever it is; both threads have ended when this returns.
  @Override
  public void close() {
    compressed.close();
    tar.close();
    compressed.end();
    tar.fail(new IOException("given up"));
    join(inflater);
    join(unpacker);
  }

  // Also for a thread that is interrupted: what they write would outlive what it is written for.
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
