package dev.davit.artifact;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.registry.Sink;

/// A small blob in memory, which is what its descriptor says or refused.
final class BlobBytes implements Sink {
  private final Descriptor blob;
  private final byte[] bytes;
  private int at;

  BlobBytes(Descriptor blob) {
    this.blob = blob;
    this.bytes = new byte[Math.toIntExact(blob.size())];
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    if (length > bytes.length - at) {
      throw wrong();
    }
    System.arraycopy(from, offset, bytes, at, length);
    at += length;
  }

  @Override
  public void restart() {
    at = 0;
  }

  @Override
  public void finish() {
    if (at != bytes.length || !blob.digest().names(bytes)) {
      throw wrong();
    }
  }

  private DavitException wrong() {
    return new DavitException(
        Kind.INVALID, "blob %s is not what its digest says".formatted(blob.digest()));
  }
}
