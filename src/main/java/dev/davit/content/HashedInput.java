package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Hashes what is read through it.
final class HashedInput extends FilterInputStream {
  private static final int CHUNK = 64 * 1024;

  private final MessageDigest hash;
  private final byte[] buffer = new byte[CHUNK];
  private final long limit;
  private int position;
  private int filled;
  private long count;

  /// @param limit the most that may come, else `INVALID`
  HashedInput(InputStream in, MessageDigest hash, long limit) {
    super(in);
    this.hash = hash;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (position == filled) {
      if (length >= CHUNK) {
        return hashed(bytes, from, in.read(bytes, from, length));
      }
      filled = Math.max(0, hashed(buffer, 0, in.read(buffer, 0, CHUNK)));
      position = 0;
      if (filled == 0) {
        return -1;
      }
    }
    int some = Math.min(length, filled - position);
    System.arraycopy(buffer, position, bytes, from, some);
    position += some;
    return some;
  }

  private int hashed(byte[] bytes, int from, int some) {
    if (some > 0) {
      hash.update(bytes, from, some);
      count += some;
      if (count > limit) {
        throw new DavitException(
            Kind.INVALID,
            "layer unpacks to more than %d bytes".formatted(limit),
            "if it is no attack, start the engine with a larger DAVIT_LAYER_LIMIT");
      }
    }
    return some;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] bytes = new byte[(int) Math.min(wanted, CHUNK)];
    return Math.max(0, read(bytes, 0, bytes.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
