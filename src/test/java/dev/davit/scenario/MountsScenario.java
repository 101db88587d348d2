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

  @Test
  @Intent("[volumes] ImageVolumeImageAlreadyLocal")
  @Intent("[volumes] UpRecreateVolumesIgnoreBinds")
  void whatIsMountedAlreadyIsNoChange() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d").succeeds();
      String writer = checks.container("mounts-writer-1").id();
      String reader = checks.container("mounts-reader-1").id();
      var again = checks.davit("up", "-d").succeeds();
      assertEquals(writer, checks.container("mounts-writer-1").id());
      assertEquals(reader, checks.container("mounts-reader-1").id());
      assertFalse(
          (again.out() + again.err()).contains("not as the Compose file says"), again.err());
    }
  }

  @Test
  @Intent("[volumes] LocalComposeVolume")
  void anAnonymousVolumeIsInheritedUnlessItIsToBeNew() throws Exception {
    try (var checks = new Checks("Mounts")) {
      checks.davit("up", "-d", "writer").succeeds();
      in(checks, "writer", "echo kept > /anonymous/file");
      checks.davit("up", "-d", "--force-recreate", "writer").succeeds();
      assertEquals("kept", in(checks, "writer", "cat /anonymous/file"));
      checks.davit("up", "-d", "--force-recreate", "-V", "writer").succeeds();
      assertEquals("", in(checks, "writer", "ls /anonymous"));
      assertEquals("of the machine", in(checks, "writer", "cat /plain/file"));
    }
  }

  @Test
  @Intent("[volumes] UpSwitchVolumes")
  void anotherExternalVolumeTakesThePlaceOfTheFirst() throws Exception {
    String file =
        """
        services:
          a:
            image: davit/host
            init: true
            command: sleep infinity
            volumes: ["data:/data"]
        volumes:
          data: {external: true, name: "%s"}
        """;
    try (var checks = new Checks("Mounts")) {
      checks.volume("davit-one");
      checks.volume("davit-two");
      checks.file(file.formatted("davit-one")).davit("up", "-d").succeeds();
      in(checks, "a", "echo one > /data/file");
      checks.file(file.formatted("davit-two")).davit("up", "-d").succeeds();
      assertEquals("", in(checks, "a", "ls /data"));
      checks.file(file.formatted("davit-one")).davit("up", "-d").succeeds();
      assertEquals("one", in(checks, "a", "cat /data/file"));
      checks.davit("down", "-v").succeeds();
      assertEquals(java.util.List.of("davit-one", "davit-two"), checks.volumeNames());
      checks
          .file(file.formatted("davit-three"))
          .davit("up", "-d")
          .fails("is external and does not");
    }
  }
}
