package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A mount must show what its attributes say and nothing besides.
@Kernel
@Timeout(90)
class MountsScenario {
  private static String in(Checks checks, String service, String script) {
    return checks.davit("exec", "-T", service, "sh", "-c", script).succeeds().out().strip();
  }

  @Test
  @Intent("[volumes] ProjectVolumeBind")
  void driverOptionsMountOtherFileSystemsWhileTheyAreUsed() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d").succeeds();
      assertEquals("of the machine", in(checks, "writer", "cat /bound/file"));
      assertEquals("tmpfs", in(checks, "writer", "stat -f -c %T /memory"));
      assertEquals("1024", in(checks, "writer", "df -k /memory | tail -1 | awk '{print $2}'"));
      // Both services have the same file system, not one each.
      assertEquals("in", in(checks, "reader", "cat /memory/of-writer"));
      checks.davit("down", "-v").succeeds();
      assertTrue(
          Files.exists(Path.of("src/test/scenarios/Mounts/bound/file")), "the device's file");
      assertFalse(
          Files.readString(Path.of("/proc/self/mountinfo")).contains("/mounts_memory/"),
          "a volume is still mounted");
    }
  }

  @Test
  void volumesFromHasTheOthersMountsReadOnly() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d").succeeds();
      in(checks, "writer", "echo shared > /anonymous/file");
      assertEquals("shared", in(checks, "reader", "cat /anonymous/file"));
      assertEquals("of the machine", in(checks, "reader", "cat /plain/file"));
      checks.davit("exec", "-T", "reader", "sh", "-c", "echo x > /data/file").failsWith(2).err();
    }
  }

  @Test
  void aSubpathIsAllThatIsMountedAndLeadsNowhereElse() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d").succeeds();
      in(checks, "writer", "while ! [ -e /memory/of-writer ]; do :; done");
      checks.davit("up", "-d", "part").succeeds();
      assertEquals("file", in(checks, "part", "ls /part"));
      checks.davit("up", "-d", "out").fails("leads out of");
    }
  }

  @Test
  @Intent("[volumes] ImageVolume")
  void anImageMountShowsItsSubpathAndKeepsTheImageAsItIs() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d").succeeds();
      assertEquals("passwd", in(checks, "reader", "cd /of-image && ls passwd"));
      in(checks, "reader", "echo more >> /of-image/davit-test");
      assertFalse(Files.exists(Path.of("/etc/davit-test")), "the image was written to");
      checks.davit("restart", "reader").succeeds();
      assertEquals("more", in(checks, "reader", "cat /of-image/davit-test"));
    }
  }
}
