package dev.davit.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A zstd stream, RFC 8878, without its skippable frames, which the decoder does not know and
/// `zstd:chunked` layers have.
final class ZstdFrames extends FilterInputStream {
  private static final int MAGIC = 0xfd2fb528;
  private static final int SKIPPABLE = 0x184d2a50;
  private static final int[] DICTIONARY_ID = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE = {0, 2, 4, 8};

  // Bytes read ahead that are handed on first.
  private final byte[] head = new byte[32];
  private int headStart;
  private int headEnd;
  // What comes next of the frame without being looked at.
  private long passing;
  private boolean inFrame;
  private boolean lastBlock;
  private boolean checksum;

  ZstdFrames(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (headStart == headEnd && passing == 0 && !advance()) {
      return -1;
    }
    if (headStart < headEnd) {
      int count = Math.min(length, headEnd - headStart);
      System.arraycopy(head, headStart, bytes, from, count);
      headStart += count;
      return count;
    }
    int count = in.read(bytes, from, (int) Math.min(length, passing));
    if (count < 0) {
      throw new IOException("zstd stream ends in the middle");
    }
    passing -= count;
    return count;
  }

  private boolean advance() throws IOException {
    headStart = 0;
    headEnd = 0;
    if (inFrame && !lastBlock) {
      block();
      return true;
    }
    if (inFrame && checksum) {
      checksum = false;
      take(4);
      return true;
    }
    inFrame = false;
    return frame();
  }

  private boolean frame() throws IOException {
    while (true) {
      int first = in.read();
      headEnd = 0;
      if (first < 0) {
        return false;
      }
      head[0] = (byte) first;
      headEnd = 1;
      take(3);
      int magic = (int) number(0, 4);
      if ((magic & 0xfffffff0) != SKIPPABLE) {
        header(magic);
        return true;
      }
      take(4);
      in.skipNBytes(number(4, 4));
    }
  }

  private void header(int magic) throws IOException {
    if (magic != MAGIC) {
      throw new IOException("zstd stream has no zstd header");
    }
    take(1);
    int descriptor = head[4] & 0xff;
    boolean single = (descriptor & 0x20) != 0;
    int sizeFlag = descriptor >> 6;
    int size = sizeFlag == 0 && single ? 1 : CONTENT_SIZE[sizeFlag];
    take((single ? 0 : 1) + DICTIONARY_ID[descriptor & 3] + size);
    checksum = (descriptor & 4) != 0;
    inFrame = true;
    lastBlock = false;
  }

  private void block() throws IOException {
    take(3);
    long header = number(0, 3);
    lastBlock = (header & 1) != 0;
    boolean repeats = (header >> 1 & 3) == 1;
    passing = repeats ? 1 : header >> 3;
  }

  private void take(int count) throws IOException {
    if (in.readNBytes(head, headEnd, count) < count) {
      throw new IOException("zstd stream ends in the middle");
    }
    headEnd += count;
  }

  private long number(int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | (head[at + i] & 0xff);
    }
    return value;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] bytes = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(bytes, 0, bytes.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
