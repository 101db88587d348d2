package dev.davit.cli.row;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times on the command line and in tables, as docker reads and writes them.
public final class Times {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s)?");

  private Times() {}

  /// Seconds of `-t`, nothing if it was not given.
  public static Optional<Duration> seconds(@Nullable Integer value) {
    return Optional.ofNullable(value).map(Duration::ofSeconds);
  }

  /// `2013-01-02T13:23:37Z`, seconds since 1970, or a duration before now such as `42m`.
  public static Optional<Instant> point(String option, @Nullable String text, Instant now) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    var duration = DURATION.matcher(text);
    if (duration.matches()) {
      double seconds =
          number(duration.group(1)) * 3600
              + number(duration.group(2)) * 60
              + number(duration.group(3));
      return Optional.of(now.minusMillis(Math.round(seconds * 1000)));
    }
    if (text.matches("\\d{1,11}")) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    }
    try {
      return Optional.of(
          text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:\\d\\d")
              ? java.time.OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant());
    } catch (DateTimeException e) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "value \"%s\" of \"%s\" is no time".formatted(text, option),
          "write 2013-01-02T13:23:37Z or 42m",
          text);
    }
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  /// `About a minute`, `5 minutes`, `3 hours`, in docker's words.
  public static String human(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / 60;
    long hours = Math.round(seconds / 3600.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 14) {
      return hours / 24 + " days";
    } else if (hours < 24 * 60) {
      return hours / 24 / 7 + " weeks";
    }
    return hours < 24 * 730 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
  }
}
