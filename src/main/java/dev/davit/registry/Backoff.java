package dev.davit.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Whether to try again, and after how long: twice as long each time, with chance in it so that
/// many who failed together do not come back together.
///
/// @param tries all in all
/// @param chance between 0 and 1
record Backoff(int tries, Duration first, DoubleSupplier chance) {
  /// Who is asked to wait longer than this is told so instead.
  static final Duration LONGEST = Duration.ofSeconds(60);

  static final Backoff USUAL = new Backoff(6, Duration.ofMillis(300), Math::random);

  /// For one of several that have the same: the next one is there at once, and goes on where this
  /// one broke off.
  Backoff forMirror() {
    return new Backoff(Math.min(tries, 2), first, chance);
  }

  /// @param failed how many tries have
  Optional<Duration> after(int failed) {
    if (failed >= tries) {
      return Optional.empty();
    }
    Duration whole = first.multipliedBy(1L << Math.min(failed - 1, 10));
    Duration most = whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
    return Optional.of(
        Duration.ofMillis((long) (most.toMillis() * (0.5 + chance.getAsDouble() / 2))));
  }

  /// As [#after], but not before the server wants it.
  Optional<Duration> after(int failed, Optional<Duration> wanted) {
    if (wanted.isPresent() && wanted.get().compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    return after(failed).map(own -> wanted.filter(it -> it.compareTo(own) > 0).orElse(own));
  }

  /// Whether an answer may be another the next time.
  static boolean isTemporary(int status) {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /// `Retry-After`: seconds, or a date.
  static Optional<Duration> retryAfter(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(now, when);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
