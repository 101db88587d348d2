package dev.davit.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Ids of containers and execs.
final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /// 64 hex digits; the first 12 are not all decimal, so that nobody takes them for a number.
  static String next() {
    while (true) {
      byte[] bytes = new byte[32];
      RANDOM.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      if (!id.substring(0, 12).matches("\\d+")) {
        return id;
      }
    }
  }
}
