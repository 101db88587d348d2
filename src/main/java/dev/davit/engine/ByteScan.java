package dev.davit.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks through bytes, eight at a time.
final class ByteScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private ByteScan() {}

  /// Where the first newline is from `from` on and before `to`; -1 for nowhere.
  static int newline(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = zeros((long) LONGS.get(bytes, at) ^ NEWLINES);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at < to ? at : -1;
  }

  /// Where the first byte is that does not stand for itself in JSON, from `from` on; `to` if none
  /// is before it.
  static int special(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      // Below the lowest byte that is found the marks are exact, above it they need not be.
      long found =
          zeros(eight ^ QUOTES)
              | zeros(eight ^ BACKSLASHES)
              | ((eight - SPACES) & ~eight & HIGHS)
              | (eight & HIGHS);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && !isSpecial(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpecial(byte b) {
    return b < ' ' || b == '"' || b == '\\'; // Those above 0x7f are negative.
  }

  // The highest bit of each byte that is zero; of the lowest one for sure.
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGHS;
  }
}
