package dev.davit.compose;

import java.time.Duration;
import java.util.Optional;

/// How a container is asked to end.
///
/// @param signal name or number as written; absent means the image's, then SIGTERM
/// @param gracePeriod how long until SIGKILL
public record Stop(Optional<String> signal, Duration gracePeriod) {
  public static final Duration GRACE_PERIOD = Duration.ofSeconds(10);
}
