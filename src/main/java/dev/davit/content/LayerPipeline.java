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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Unpacks a layer while its blob is being written: one thread reads the blob's file behind whoever
/// writes it and takes the compression away, another hashes the tar and makes the files.
final class LayerPipeline implements AutoCloseable {
  private static final int CHUNK = 128 * 1024;

  private final GrowingInput blob;
  private final Pipe tar = new Pipe();
  private final FutureTask<Result> unpacking;
  private final Thread inflater;
  private final Thread unpacker;

  /// @param diffId of the whole tar stream
  record Result(Digest diffId, Unpacked unpacked) {}

  /// @param blob its file, from the first byte
  /// @param target to be made
  LayerPipeline(InputStream blob, Path target, Digest.Algorithm algorithm, Limits limits) {
    this.blob = new GrowingInput(blob);
    unpacking = new FutureTask<>(() -> unpack(target, algorithm, limits));
    inflater = Thread.ofPlatform().daemon().name("layer-inflate").start(this::inflate);
    unpacker = Thread.ofPlatform().daemon().name("layer-unpack").start(unpacking);
  }

  /// The blob's file has so many bytes now.
  void grown(long size) {
    blob.grown(size);
  }

  /// Whether it has failed, so that the rest need not come.
  boolean hasFailed() {
    return unpacking.state() == java.util.concurrent.Future.State.FAILED;
  }

  /// Waits until everything is unpacked.
  Result finish() {
    blob.end();
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
    if (FullDisk.isCauseOf(failure)) {
      return new DavitException(
          Kind.UNAVAILABLE, "layer cannot be unpacked: no space left", null, failure);
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
    try (InputStream in = Decompression.of(blob)) {
      int count = in.readNBytes(buffer, 0, CHUNK);
      while (count > 0 && tar.write(buffer, 0, count)) {
        count = in.readNBytes(buffer, 0, CHUNK);
      }
      tar.end();
    } catch (IOException | RuntimeException e) {
      tar.fail(e);
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
    try {
      blob.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tar.close();
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
