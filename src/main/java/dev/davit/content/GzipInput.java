package dev.davit.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks gzip, RFC 1952, of however many members. The JDK's own asks the stream what is available
/// to find out whether another member follows, which a pipe does not know.
final class GzipInput extends InputStream {
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int CHUNK = 128 * 1024;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[CHUNK];
  private int position;
  private int filled;
  private boolean inMember;
  private boolean anyMember;
  private boolean ended;

  GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    while (!ended && length > 0) {
      if (!inMember && !header()) {
        ended = true;
        break;
      }
      int count = inflate(bytes, from, length);
      if (count > 0) {
        crc.update(bytes, from, count);
        return count;
      }
      if (inflater.finished()) {
        trailer();
      } else if (inflater.needsDictionary()) {
        throw new IOException("gzip stream asks for a dictionary");
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw new IOException("gzip stream ends in the middle");
        }
        inflater.setInput(input, position, filled - position);
      }
    }
    return length == 0 ? 0 : -1;
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      return inflater.inflate(bytes, from, length);
    } catch (DataFormatException e) {
      throw new IOException("gzip stream is broken: " + e.getMessage(), e);
    }
  }

  private boolean header() throws IOException {
    int first = next();
    // Padding behind the last member, as gzip itself allows.
    while (first == 0 && anyMember) {
      first = next();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || require() != 0x8b || require() != 8) {
      throw new IOException("gzip stream has no gzip header");
    }
    int flags = require();
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      skip(require() | require() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    skip((flags & FLAG_HEADER_CRC) != 0 ? 2 : 0);
    inflater.reset();
    crc.reset();
    inflater.setInput(input, position, filled - position);
    inMember = true;
    anyMember = true;
    return true;
  }

  private void trailer() throws IOException {
    position = filled - inflater.getRemaining();
    long sum = word();
    long size = word();
    if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new IOException("gzip stream does not have the checksum that it says");
    }
    inMember = false;
  }

  private long word() throws IOException {
    return require() | (long) require() << 8 | (long) require() << 16 | (long) require() << 24;
  }

  private void skipText() throws IOException {
    while (require() != 0) {}
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      require();
    }
  }

  private int require() throws IOException {
    int value = next();
    if (value < 0) {
      throw new IOException("gzip stream ends in the middle");
    }
    return value;
  }

  private int next() throws IOException {
    if (position == filled && !fill()) {
      return -1;
    }
    return input[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    filled = Math.max(0, in.read(input, 0, input.length));
    position = 0;
    return filled > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
