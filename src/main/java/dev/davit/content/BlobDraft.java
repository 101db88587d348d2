package dev.davit.content;

import dev.davit.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/// Content that becomes a blob under the digest that it turns out to have.
final class BlobDraft implements AutoCloseable {
  private final Blobs blobs;
  private final Path file;
  private final MessageDigest hash = Digest.Algorithm.SHA256.hash();
  private final OutputStream out;

  BlobDraft(Blobs blobs, Path file) throws IOException {
    this.blobs = blobs;
    this.file = file;
    this.out = new DigestOutputStream(Files.newOutputStream(file), hash);
  }

  /// Takes the content, until it is closed.
  OutputStream out() {
    return out;
  }

  /// The blob; nothing can be written any more.
  Blob keep() throws IOException {
    out.close();
    return blobs.keep(file, Digest.of(Digest.Algorithm.SHA256, hash.digest()));
  }

  /// Removes what was not kept.
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
