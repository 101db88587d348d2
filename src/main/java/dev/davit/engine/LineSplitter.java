package dev.davit.engine;

import java.util.Arrays;

/// Cuts what one stream of a container says into lines; a line longer than 16 KiB is cut, as docker
/// does. Where it cuts depends on the bytes alone and not on the pieces in which they come. For one
/// thread.
final class LineSplitter {
  static final int LONGEST = 16 * 1024;
  private static final byte[] NOTHING = {};

  private byte[] rest = NOTHING;

  /// Adds the lines that `bytes` completes to `batch`.
  void split(byte[] bytes, LogBatch batch) {
    byte[] all = joined(bytes);
    int start = 0;
    for (int end = end(all, start); end >= 0; end = end(all, start)) {
      batch.add(all, start, end - start);
      start = end;
    }
    rest = start == all.length ? NOTHING : Arrays.copyOfRange(all, start, all.length);
  }

  private byte[] joined(byte[] bytes) {
    if (rest.length == 0) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
    System.arraycopy(bytes, 0, all, rest.length, bytes.length);
    return all;
  }

  // Of the line that begins at `start`; -1 where more must be known.
  private static int end(byte[] all, int start) {
    int limit = Math.min(all.length, start + LONGEST + 1);
    int newline = ByteScan.newline(all, start, limit);
    if (newline >= 0) {
      return newline + 1;
    }
    return all.length - start > LONGEST ? boundary(all, start + LONGEST) : -1;
  }

  // Not within a UTF-8 sequence: back to its first byte.
  private static int boundary(byte[] all, int end) {
    int cut = end;
    while (end - cut < 4 && (all[cut] & 0xc0) == 0x80) {
      cut--;
    }
    return end - cut == 4 ? end : cut;
  }

  /// Adds what was said last without a newline, as a line of its own.
  void flush(LogBatch batch) {
    if (rest.length > 0) {
      batch.add(rest, 0, rest.length);
    }
    forget();
  }

  /// How many bytes of the last line, which is not complete, are held.
  int held() {
    return rest.length;
  }

  /// What is held will come again.
  void forget() {
    rest = NOTHING;
  }
}
