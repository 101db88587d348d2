package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.engine.Health.Probe;
import dev.davit.engine.Health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRulesTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final HealthConfig CONFIG =
      new HealthConfig(
          List.of("CMD", "true"),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          2,
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  private static Health probed(Health health, double seconds, int exitCode) {
    Instant at = START.plusMillis((long) (seconds * 1000));
    return HealthRules.after(health, new Probe(at, at, exitCode, ""), CONFIG, START);
  }

  @Test
  void firstSuccessIsHealthy() {
    assertEquals(Status.HEALTHY, probed(Health.STARTING, 0.1, 0).status());
  }

  @Test
  void earlyFailuresDoNotCount() {
    Health health = Health.STARTING;
    for (double at = 0; at < 14.9; at += 0.5) {
      health = probed(health, at, 1);
    }
    assertEquals(Status.STARTING, health.status());
    assertEquals(0, health.failingStreak());
    assertEquals(5, health.log().size());
  }

  @Test
  void failuresCountOnceAnIntervalAfterTheStartPeriod() {
    Health health = probed(Health.STARTING, 15, 1);
    assertEquals(1, health.failingStreak());
    health = probed(health, 16, 1);
    assertEquals(1, health.failingStreak());
    health = probed(health, 25, 1);
    assertEquals(Status.UNHEALTHY, health.status());
  }

  @Test
  void onceHealthyEveryFailureCountsAndASuccessForgivesAll() {
    Health health = probed(Health.STARTING, 0, 0);
    health = probed(health, 1, 1);
    assertEquals(Status.HEALTHY, health.status());
    assertEquals(Status.UNHEALTHY, probed(health, 2, 1).status());
    health = probed(probed(health, 2, 1), 3, 0);
    assertEquals(Status.HEALTHY, health.status());
    assertEquals(0, health.failingStreak());
  }

  @Test
  void pauseGrowsUntilTheFirstSuccessAndIsTheIntervalThen() {
    assertEquals(Duration.ofMillis(50), HealthRules.pause(Health.STARTING, CONFIG, 1));
    assertEquals(Duration.ofMillis(100), HealthRules.pause(Health.STARTING, CONFIG, 2));
    assertEquals(Duration.ofSeconds(1), HealthRules.pause(Health.STARTING, CONFIG, 9));
    assertEquals(Duration.ofSeconds(1), HealthRules.pause(Health.STARTING, CONFIG, 900));
    assertEquals(
        Duration.ofSeconds(10), HealthRules.pause(probed(Health.STARTING, 0, 0), CONFIG, 1));
  }
}
