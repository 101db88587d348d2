package dev.davit.artifact;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.registry.Sink;
import dev.davit.registry.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A blob on its way from one registry to another: in a file without a name, which is gone whenever
/// the process is.
final class Spool implements Sink, Upload.Content, AutoCloseable {
  private final Descriptor blob;
  private final FileChannel file;
  private final MessageDigest hash;
  private long at;

  /// @param directory on a disk that has room for it
  Spool(Descriptor blob, Path directory) {
    this.blob = blob;
    this.hash = blob.digest().algorithm().hash();
    try {
      Path named = Files.createTempFile(directory, "blob", null);
      this.file = FileChannel.open(named, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > blob.size() - at) {
      throw wrong();
    }
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) {
        at += file.write(left, at);
      }
    } catch (IOException e) {
      throw new DavitException(Kind.UNAVAILABLE, "no room for blob " + blob.digest(), null, e);
    }
    hash.update(bytes, offset, length);
  }

  @Override
  public void restart() {
    at = 0;
    hash.reset();
  }

  @Override
  public void finish() {
    if (at != blob.size() || !HexFormat.of().formatHex(hash.digest()).equals(blob.digest().hex())) {
      throw wrong();
    }
  }

  private DavitException wrong() {
    return new DavitException(
        Kind.INVALID, "blob " + blob.digest() + " is not what its digest says");
  }

  @Override
  public InputStream from(long offset) {
    return new InputStream() {
      private long next = offset;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        int read = file.read(ByteBuffer.wrap(bytes, start, length), next);
        next += Math.max(read, 0);
        return read;
      }
    };
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
