package dev.davit.engine;

import dev.davit.engine.Health.Probe;
import dev.davit.engine.Health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What probes make of a container's health, and when the next one is due; pure.
final class HealthRules {
  static final Duration SHORTEST = Duration.ofMillis(50);
  private static final int KEPT = 5;

  private HealthRules() {}

  /// The health after `probe`. Until the first success Davit asks more often than docker does, so a
  /// failure counts then only when docker would have asked too: once an interval, and not within
  /// the start period.
  static Health after(Health health, Probe probe, HealthConfig config, Instant started) {
    List<Probe> log = new ArrayList<>(health.log());
    log.add(probe);
    List<Probe> kept = log.subList(Math.max(0, log.size() - KEPT), log.size());
    if (probe.exitCode() == 0) {
      return new Health(Status.HEALTHY, 0, kept);
    }
    int streak = health.failingStreak();
    if (health.status() != Status.STARTING || counts(streak, probe, config, started)) {
      streak++;
    }
    boolean lost = streak >= config.retries();
    return new Health(lost ? Status.UNHEALTHY : health.status(), streak, kept);
  }

  private static boolean counts(int streak, Probe probe, HealthConfig config, Instant started) {
    Instant due =
        started.plus(config.startPeriod()).plus(config.interval().multipliedBy(streak + 1L));
    return !probe.end().isBefore(due);
  }

  /// From the end of a probe to the next.
  ///
  /// @param probes since the start, 1 or more
  static Duration pause(Health health, HealthConfig config, int probes) {
    if (health.status() != Status.STARTING) {
      return config.interval();
    }
    Duration doubled = SHORTEST.multipliedBy(1L << Math.min(probes - 1, 20));
    return min(doubled, min(config.startInterval(), config.interval()));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
