package dev.davit.cli.row;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// Numbers of bytes as docker prints them.
public final class Sizes {
  private static final List<String> DECIMAL = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private Sizes() {}

  /// With three digits, in thousands: `1.21kB`.
  public static String decimal(long bytes) {
    return print(bytes, 1000, DECIMAL, 3);
  }

  /// With four digits, in 1024s: `3.859MiB`.
  public static String binary(long bytes) {
    return print(bytes, 1024, BINARY, 4);
  }

  private static String print(long bytes, int base, List<String> units, int digits) {
    double value = bytes;
    int unit = 0;
    while (value >= base && unit < units.size() - 1) {
      value /= base;
      unit++;
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return rounded.toPlainString() + units.get(unit);
  }
}
