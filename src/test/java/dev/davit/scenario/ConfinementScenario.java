package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Cgroups;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A container must have what its file grants it of the machine, and no more.
@Kernel
@Timeout(90)
class ConfinementScenario {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  // Only ever opened. A loop device is at nobody's work.
  private static Path disk() throws IOException {
    Path loop = Path.of("/dev/loop0");
    if (Files.exists(loop)) {
      return loop;
    }
    try (Stream<Path> disks = Files.list(Path.of("/sys/block"))) {
      return disks
          .map(disk -> Path.of("/dev", disk.getFileName().toString()))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow();
    }
  }

  private static Map<String, String> env() throws IOException {
    return Map.of("DISK", disk().toString());
  }

  private static Checks.Ran run(Checks checks, String service, String script) throws IOException {
    return checks.davit(env(), "exec", "-T", service, "sh", "-c", script);
  }

  private static String in(Checks checks, String service, String script) throws IOException {
    return run(checks, service, script).succeeds().out().strip();
  }

  @Test
  void devicesAreThereWithTheirPermissions() throws Exception {
    try (var checks = new Checks("Confinement")) {
      checks.davit(env(), "up", "-d", "device", "rule", "filtered").succeeds();
      in(checks, "device", ": < /dev/disk/of-test");
      assertTrue(
          run(checks, "device", ": >> /dev/disk/of-test").err().contains("not permitted"),
          "a device that may be read only was opened for writing");
      String numbers = in(checks, "device", "stat -c '%Hr %Lr' /dev/disk/of-test");
      String node = "mknod /tmp/disk b " + numbers + " && : < /tmp/disk";
      in(checks, "rule", node);
      // Without either it can make the node, and cannot open it.
      String other = run(checks, "filtered", node).err();
      assertTrue(other.contains("/tmp/disk: Operation not permitted"), other);
    }
  }

  @Test
  void limitsAreWrittenOrTold() throws Exception {
    try {
      limits();
    } finally {
      removeParents();
    }
  }

  private static void limits() throws Exception {
    try (var checks = new Checks("Confinement")) {
      var up = checks.davit(env(), "up", "-d", "limits").succeeds();
      int pid = checks.container("confinement-limits-1").state().pid();
      String cgroups = Files.readString(Path.of("/proc/" + pid + "/cgroup"));
      assertTrue(cgroups.contains("/davit-test-parent/"), cgroups);
      String files = "cat /sys/fs/cgroup/";
      if (Cgroups.detect().isUnified()) {
        String max = in(checks, "limits", files + "io.max");
        assertTrue(max.contains("rbps=1048576") && max.contains("wiops=7000"), max);
        assertTrue((up.out() + up.err()).contains("cgroup v2 has no such limit"), up.err());
      } else {
        assertEquals("10", in(checks, "limits", files + "memory/memory.swappiness"));
        String oom = in(checks, "limits", files + "memory/memory.oom_control");
        assertTrue(oom.contains("oom_kill_disable 1"), oom);
        String rate = in(checks, "limits", files + "blkio/blkio.throttle.read_bps_device");
        assertTrue(rate.endsWith(" 1048576"), rate);
        String operations = in(checks, "limits", files + "blkio/blkio.throttle.write_iops_device");
        assertTrue(operations.endsWith(" 7000"), operations);
      }
    }
  }

  // The parent is the user's: Davit leaves it.
  private static void removeParents() throws IOException {
    try (Stream<Path> roots = Files.list(CGROUPS)) {
      for (Path root : Stream.concat(Stream.of(CGROUPS), roots).toList()) {
        Files.deleteIfExists(root.resolve("davit-test-parent"));
      }
    }
  }

  @Test
  void sharedMemoryIsSharedOrNotThere() throws Exception {
    try (var checks = new Checks("Confinement")) {
      checks.davit(env(), "up", "-d", "memory", "beside", "without").succeeds();
      in(checks, "memory", "echo shared > /dev/shm/file");
      assertEquals("shared", in(checks, "beside", "cat /dev/shm/file"));
      String shm = "awk '$5 == \"/dev/shm\"' /proc/self/mountinfo | wc -l";
      assertEquals("0", in(checks, "without", shm));
      assertEquals("1", in(checks, "memory", shm));
      String hidden = "awk '$5 ~ \"^/proc/\"' /proc/self/mountinfo | wc -l";
      assertEquals("0", in(checks, "without", hidden));
    }
  }

  @Test
  void aFilterOfOnesOwnIsTheOneThatCounts() throws Exception {
    try (var checks = new Checks("Confinement")) {
      checks.davit(env(), "up", "-d", "filtered").succeeds();
      String full = run(checks, "filtered", "mkdir /tmp/made").err();
      assertTrue(full.contains("No space left"), full);
      String signal = run(checks, "filtered", "kill -USR1 $$").err();
      assertTrue(signal.contains("not permitted"), signal);
      in(checks, "filtered", "kill -0 $$");
    }
  }

  @Test
  void whatIsTheMachinesOrAnothersIsRefused() throws Exception {
    try (var checks = new Checks("Confinement")) {
      String service = "services:\n  a: {image: davit/host, command: 'true', ";
      checks.file(service + "sysctls: {kernel.panic: 1}}\n");
      checks.davit("up", "-d").fails("is the machine's, no container has its own");
      checks.file(service + "gpus: all}\n");
      checks.davit("up", "-d").fails("no driver that chooses devices");
      checks.file(service + "devices: [vendor.com/class=name]}\n");
      checks.davit("up", "-d").fails("is a CDI name");
      checks.file(service + "devices: [/dev/davit-none]}\n");
      checks.davit("up", "-d").fails("device \"/dev/davit-none\" is not on this machine");
      checks.file(service + "security_opt: ['seccomp=none.json']}\n");
      checks.davit("up", "-d").fails("none.json");
    }
  }
}
