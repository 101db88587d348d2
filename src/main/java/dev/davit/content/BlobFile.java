package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;

/// Writes one blob into a file that has another name until it is whole.
final class BlobFile implements ContentWriter {
  private static final int CHUNK = 256 * 1024;

  private final Descriptor descriptor;
  private final Path partial;
  private final Path target;
  private final Turns.Turn turn;
  private final RandomAccessFile out;
  private MessageDigest hash;
  private long offset;
  private boolean committed;

  /// @param turn ended by [#close]
  BlobFile(Descriptor descriptor, Path partial, Path target, Turns.Turn turn) {
    this.descriptor = descriptor;
    this.partial = partial;
    this.target = target;
    this.turn = turn;
    this.hash = descriptor.digest().algorithm().hash();
    try {
      committed = Files.exists(target);
      out = new RandomAccessFile((committed ? target : partial).toFile(), committed ? "r" : "rw");
      if (committed) {
        offset = out.length();
      } else {
        resume();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void resume() throws IOException {
    if (out.length() > descriptor.size()) {
      out.setLength(0);
    }
    byte[] buffer = new byte[CHUNK];
    for (int count = out.read(buffer); count > 0; count = out.read(buffer)) {
      hash.update(buffer, 0, count);
      offset += count;
    }
  }

  /// What an earlier try has left, or the whole blob.
  InputStream present() throws IOException {
    // No channel: an interrupt would close it.
    return new FileInputStream((committed ? target : partial).toFile());
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (offset + length > descriptor.size()) {
      throw refused("is longer than %d bytes".formatted(descriptor.size()));
    }
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      dropUncounted(e);
      throw new DavitException(
          Kind.UNAVAILABLE, "blob %s: %s".formatted(descriptor.digest(), e.getMessage()), null, e);
    }
    hash.update(bytes, from, length);
    offset += length;
  }

  // A part of what could not be written may stand there, and another source may go on behind it.
  private void dropUncounted(IOException failure) {
    try {
      out.setLength(offset);
      out.seek(offset);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /// Writes what is missing of `content`, which begins at the blob's first byte.
  void writeAll(InputStream content) throws IOException {
    content.skipNBytes(offset);
    byte[] buffer = new byte[CHUNK];
    for (int count = content.read(buffer); count > 0; count = content.read(buffer)) {
      write(buffer, 0, count);
    }
  }

  @Override
  public void restart() {
    if (committed) {
      return;
    }
    try {
      out.setLength(0);
      out.seek(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hash = descriptor.digest().algorithm().hash();
    offset = 0;
  }

  @Override
  public void commit() {
    if (offset != descriptor.size()) {
      throw refused("has %d bytes and not %d".formatted(offset, descriptor.size()));
    }
    if (committed) {
      return;
    }
    Digest actual = Digest.of(descriptor.digest().algorithm(), hash.digest());
    if (!actual.equals(descriptor.digest())) {
      throw refused("is in truth " + actual);
    }
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DavitException refused(String why) {
    if (!committed) {
      restart();
    }
    return new DavitException(
        Kind.INVALID,
        "blob %s %s".formatted(descriptor.digest(), why),
        "whoever sent it is broken or hostile; nothing of it was kept");
  }

  @Override
  public void close() {
    try {
      out.close();
      if (!committed && offset == 0) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turn.close();
    }
  }
}
