package dev.davit.cli.row;

import dev.davit.cli.UsageException;
import dev.davit.compose.text.Durations;
import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times on the command line and in tables, as docker reads and writes them.
public final class Times {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d{1,9})?");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<day>\\d{4}-\\d\\d-\\d\\d)"
              + "(T(?<hour>\\d\\d)((?<minute>:\\d\\d)(?<second>:\\d\\d(\\.\\d{1,9})?)?)?)?"
              + "(?<zone>Z|[+-]\\d\\d:\\d\\d)?");

  private Times() {}

  /// Seconds of `-t`, nothing if it was not given.
  public static Optional<Duration> seconds(@Nullable Integer value) {
    return Optional.ofNullable(value).map(Duration::ofSeconds);
  }

  /// A point in time as docker reads it: RFC 3339 down to the day (`2013-01-02T13:23:37.5Z`,
  /// `2013-01-02`), in the machine's zone where it names none; seconds since 1970 with up to nine
  /// digits behind the point; or a duration before `now` as Go writes it, `1h30m`.
  public static Optional<Instant> point(String option, @Nullable String text, Instant now) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (SECONDS.matcher(text).matches()) {
        return Optional.of(epoch(new BigDecimal(text)));
      }
      Matcher date = DATE.matcher(text);
      return Optional.of(date.matches() ? date(date) : now.minus(duration(text)));
    } catch (DateTimeException | MalformedException | ArithmeticException e) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "value \"%s\" of \"%s\" is no time".formatted(text, option),
          "write 2013-01-02T13:23:37Z or 42m",
          text);
    }
  }

  private static Instant epoch(BigDecimal seconds) {
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(
        whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  private static Instant date(Matcher date) {
    LocalDateTime time =
        LocalDateTime.parse(
            date.group("day")
                + "T"
                + Objects.requireNonNullElse(date.group("hour"), "00")
                + Objects.requireNonNullElse(date.group("minute"), ":00")
                + Objects.requireNonNullElse(date.group("second"), ":00"));
    String zone = date.group("zone");
    return time.atZone(zone == null ? ZoneId.systemDefault() : ZoneId.of(zone)).toInstant();
  }

  // A duration below zero is a time to come.
  private static Duration duration(String text) {
    return text.startsWith("-")
        ? Durations.parse(text.substring(1)).negated()
        : Durations.parse(text);
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
