package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
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
      assertEquals("", checks.davit("container", "ls", "-aq").succeeds().out());
      assertEquals("", checks.davit("network", "ls", "-q").succeeds().out());
      assertEquals("", checks.davit("volume", "ls", "-q").succeeds().out());
      assertEquals(
          "davit/host\n",
          checks.davit("image", "ls", "--format", "{{.Repository}}").succeeds().out());
    }
  }
}
