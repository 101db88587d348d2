package dev.davit.cli.progress;

import dev.davit.cli.row.Sizes;

/// How far a transfer is, for people.
final class Bytes {
  private static final int BAR = 20;

  private Bytes() {}

  /// `[=====> ] 12.3MB/45.6MB`.
  static String of(long done, long total) {
    int filled = total == 0 ? BAR : (int) (done * BAR / total);
    String bar =
        filled == BAR ? "=".repeat(BAR) : "=".repeat(filled) + ">" + " ".repeat(BAR - filled - 1);
    return "[%s] %s/%s".formatted(bar, Sizes.decimal(done), Sizes.decimal(total));
  }
}
