package dev.davit.compose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How to find out whether a container works. What is absent is the image's, then the default.
///
/// @param test starts with `CMD` or `CMD-SHELL`; empty means the image's
/// @param disabled whether no check is made, whatever the image says
public record Healthcheck(
    List<String> test,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    Optional<Duration> startPeriod,
    Optional<Duration> startInterval,
    OptionalInt retries,
    boolean disabled) {
  public static final Duration INTERVAL = Duration.ofSeconds(30);
  public static final Duration TIMEOUT = Duration.ofSeconds(30);
  public static final Duration START_PERIOD = Duration.ZERO;
  public static final Duration START_INTERVAL = Duration.ofSeconds(5);
  public static final int RETRIES = 3;
}
