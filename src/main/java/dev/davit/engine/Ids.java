package dev.davit.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Ids of containers and execs.
final class Ids {
  private static final int SHORT = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /// As people see it: its first 12 digits.
  static String shortened(String id) {
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  /// Whether it looks as [#next] makes them.
  static boolean isId(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  /// 64 hex digits; the first 12 are not all decimal, so that nobody takes them for a number.
  static String next() {
    while (true) {
      byte[] bytes = new byte[32];
      RANDOM.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      if (!shortened(id).matches("\\d+")) {
        return id;
      }
    }
  }
}
