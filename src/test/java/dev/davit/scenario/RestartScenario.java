package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A container that fails must be started again until it stays.
@Kernel
@Timeout(60)
class RestartScenario {
  @Test
  void upWaitsUntilTheThirdRunStays() throws Exception {
    try (var checks = new Checks("Restart")) {
      checks.davit("up", "--wait", "--wait-timeout", "30").succeeds();
      String runs = checks.davit("exec", "-T", "worker", "cat", "/data/runs").succeeds().out();
      assertEquals(3, runs.lines().count(), runs);
      assertEquals(2, checks.container("again-worker-1").restartCount());
    }
  }
}
