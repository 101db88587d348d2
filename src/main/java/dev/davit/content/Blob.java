package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Digest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Content that is here, verified when it was written.
public record Blob(Digest digest, long size, Path file) {
  /// Its bytes, from the first.
  public InputStream open() {
    try {
      return new FileInputStream(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All its bytes; `INVALID` where there are more than `limit`.
  public byte[] read(int limit) {
    if (size > limit) {
      throw new DavitException(
          Kind.INVALID, "%s has %d bytes, %d at most are taken".formatted(digest, size, limit));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
