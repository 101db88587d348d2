package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HealthcheckTest {
  private static Healthcheck check(String attributes) {
    return Stack.web("healthcheck: {" + attributes + "}").service().healthcheck().orElseThrow();
  }

  @Test
  void stringIsForTheShell() {
    assertEquals(
        check("test: [CMD-SHELL, curl -f x || exit 1]"), check("test: curl -f x || exit 1"));
  }

  @Test
  void hasAllItsTimings() {
    assertEquals(
        new Healthcheck(
            List.of("CMD", "true"),
            Optional.of(Duration.ofMillis(1500)),
            Optional.of(Duration.ofSeconds(90)),
            Optional.of(Duration.ofHours(1)),
            Optional.of(Duration.ofMillis(20)),
            OptionalInt.of(5),
            false),
        check(
            "test: [CMD, 'true'], interval: 1.5s, timeout: 1m30s, start_period: 1h,"
                + " start_interval: 20ms, retries: '5'"));
  }

  @Test
  void noneAndDisableAreTheSame() {
    assertTrue(check("disable: true").disabled());
    assertEquals(check("disable: true"), check("test: [NONE]"));
  }

  @Test
  void badOnes() {
    assertEquals(
        "services.web.healthcheck.test: first item \"curl\" is none of CMD, CMD-SHELL, NONE",
        Stack.web("healthcheck: {test: [curl, x]}").error());
    assertEquals(
        "services.web.healthcheck.interval: invalid duration \"5 minutes\"",
        Stack.web("healthcheck: {interval: 5 minutes}").error());
  }
}
