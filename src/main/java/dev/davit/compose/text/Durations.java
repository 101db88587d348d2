package dev.davit.compose.text;

import dev.davit.error.Code;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them, with days and weeks: `1h5m30s20ms`, `1.5s`, `2w`.
public final class Durations {
  private static final String HELP = "write a number with a unit, such as 90s or 1m30s";
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)([a-zµμ]+)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ns", Duration.ofNanos(1),
          "us", Duration.ofNanos(1_000),
          "µs", Duration.ofNanos(1_000),
          "μs", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private Durations() {}

  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find() && part.start() == end) {
      Duration unit = UNITS.get(part.group(2));
      if (unit == null) {
        break;
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanos(unit)));
      end = part.end();
    }
    // Nanoseconds are a long in Go: 292 years.
    if (text.isEmpty() || end != text.length() || nanos.toBigInteger().bitLength() > 63) {
      throw MalformedException.invalid(Code.INVALID_DURATION, "duration", text, HELP);
    }
    return Duration.ofNanos(nanos.longValue());
  }

  /// A number of microseconds, or a duration.
  public static long micros(String text) {
    return text.matches("-?[0-9]+") ? Numbers.whole(text) : parse(text).toNanos() / 1_000;
  }

  private static BigDecimal nanos(Duration unit) {
    return BigDecimal.valueOf(unit.toNanos());
  }

  /// As Go prints it: `1m30s`, `2h0m0s`, `20ms`, `0s`.
  public static String print(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1_000) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return decimal(nanos, 1_000_000) + "ms";
    }
    String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
    return hours + minutes + decimal(nanos % 60_000_000_000L, 1_000_000_000) + "s";
  }

  private static String decimal(long value, long unit) {
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
