package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The self test must find nothing wrong with this machine, and leave nothing on it.
@Kernel
@Timeout(120)
class SelftestScenario {
  @Test
  void nothingIsWrongAndNothingIsLeft() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      String printed = checks.davit("selftest", "--security", "--format", "json").succeeds().out();
      List<String> lines = printed.lines().toList();
      assertTrue(lines.size() > 40, printed);
      assertEquals(
          List.of(), lines.stream().filter(it -> it.contains("\"Result\":\"FAILED\"")).toList());
      nothingIsLeft(checks);
    }
  }

  private static void nothingIsLeft(Checks checks) {
    assertEquals("", checks.davit("container", "ls", "-aq").succeeds().out());
    assertEquals("", checks.davit("network", "ls", "-q").succeeds().out());
    assertEquals("", checks.davit("volume", "ls", "-q").succeeds().out());
    assertEquals(
        "davit/host\n",
        checks.davit("image", "ls", "--format", "{{.Repository}}").succeeds().out());
    assertFalse(Files.exists(checks.run().resolve("selftest")), "canaries are left");
  }

  @Test
  void whoInterruptsItHasNothingLeftToo() throws Exception {
    try (var checks = new Checks("LookAndCopy");
        var running = checks.begin("selftest", "--security")) {
      while (checks.davit("container", "ls", "-aq").out().isEmpty()) {
        assertFalse(running.hasEnded(), "it has made no container");
        Thread.sleep(10);
      }
      running.interrupt();
      running.ended().failsWith(130);
      nothingIsLeft(checks);
    }
  }

  @Test
  void twoAtOnceWouldRemoveEachOthersContainers() throws Exception {
    try (var checks = new Checks("LookAndCopy");
        var running = checks.begin("selftest")) {
      while (checks.davit("container", "ls", "-aq").out().isEmpty()) {
        assertFalse(running.hasEnded(), "it has made no container");
        Thread.sleep(10);
      }
      Checks.Ran second = checks.davit("selftest").failsWith(1);
      assertTrue(second.err().contains("a self test is running already"), second.err());
      running.ended().succeeds();
    }
  }
}
