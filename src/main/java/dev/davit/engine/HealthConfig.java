package dev.davit.engine;

import java.time.Duration;
import java.util.List;

/// How a container's health is probed.
///
/// @param test `["NONE"]`, `["CMD", word…]` or `["CMD-SHELL", line]`
/// @param interval from the end of one probe to the next, once one has succeeded
/// @param timeout after which a probe is killed and counts as failed
/// @param retries failures in a row that make it unhealthy
/// @param startPeriod after the start, in which failures do not count until the first success
/// @param startInterval longest pause between probes before the first success
public record HealthConfig(
    List<String> test,
    Duration interval,
    Duration timeout,
    int retries,
    Duration startPeriod,
    Duration startInterval) {
  public HealthConfig {
    test = List.copyOf(test);
  }

  /// The probe `test` with Docker's timings; before the first success Davit asks more often.
  public static HealthConfig of(List<String> test) {
    return new HealthConfig(
        test,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        3,
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  /// Whether it says that there is no probe.
  public boolean disabled() {
    return test.isEmpty() || test.getFirst().equals("NONE");
  }
}
