package dev.davit.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On whatever hierarchies this machine has. The processes are shells that move themselves.
@Kernel
class CgroupKernelTest {
  private static final long MIB = 1 << 20;

  private final Cgroups cgroups = Cgroups.detect();
  private final String path = "davit-test-" + ProcessHandle.current().pid() + "/one";
  private Cgroup cgroup = cgroups.open(path);

  @AfterEach
  void nothingIsLeft() {
    cgroup.kill();
    cgroup.remove();
    assertFalse(cgroup.exists());
    assertFalse(cgroups.open(Path.of(path).getParent().toString()).exists());
  }

  private Cgroup create(Limits limits) {
    cgroup = cgroups.create(path, limits);
    return cgroup;
  }

  private Process run(String script) throws IOException {
    var join = new StringBuilder();
    for (Path directory : cgroup.directories()) {
      join.append("echo 0 > '").append(directory).append("/cgroup.procs' && ");
    }
    var process =
        new ProcessBuilder("/bin/sh", "-c", join + "echo in && { " + script + "; }")
            .redirectErrorStream(true)
            .start();
    assertEquals('i', process.getInputStream().read());
    return process;
  }

  @Test
  void limitsAreInTheFiles() throws IOException {
    var limits = Limits.builder().memory(32 * MIB).nanoCpus(500_000_000L).pids(7L).cpusetCpus("0");
    create(limits.build());
    assertEquals(32 * MIB, cgroup.usage().memoryLimit());
    assertEquals("7", Files.readString(cgroup.directory("pids").resolve("pids.max")).strip());
    assertEquals("0", Files.readString(cgroup.directory("cpuset").resolve("cpuset.cpus")).strip());
    cgroup.update(Limits.builder().memory(256 * MIB).build());
    assertEquals(256 * MIB, cgroup.usage().memoryLimit());
    cgroup.update(Limits.builder().memory(16 * MIB).build());
    assertEquals(16 * MIB, cgroup.usage().memoryLimit());
  }

  @Test
  void cgroupsBelowOneParentHaveALimitTogether() throws Exception {
    String parent = Path.of(path).getParent().toString();
    cgroups.limitProcesses(parent, 30);
    create(Limits.none());
    Path file = cgroups.open(parent).directory("pids").resolve("pids.max");
    assertEquals("30", Files.readString(file).strip());
    Cgroup other = cgroups.create(parent + "/two", Limits.none());
    try {
      // Each shell goes on when it cannot fork: the limit is above both, and not of one of them.
      String many =
          "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 60 & done";
      Process first = run(many + "; echo; sleep 60");
      cgroup = other;
      Process second = run(many + "; echo; sleep 60");
      assertEquals('\n', first.getInputStream().read() == 'n' ? first.getInputStream().read() : 0);
      second.waitFor(500, TimeUnit.MILLISECONDS);
      long together = other.usage().pids() + cgroups.open(path).usage().pids();
      assertTrue(together <= 30 && together > 20, "processes: " + together);
      cgroups.limitProcesses(parent, -1);
      assertEquals("max", Files.readString(file).strip());
    } finally {
      cgroup = cgroups.open(path);
      other.kill();
      cgroup.kill();
      other.remove();
    }
  }

  @Test
  void limitOfAParentOutlivesTheParent() throws IOException {
    String parent = Path.of(path).getParent().toString();
    cgroups.limitProcesses(parent, 31);
    create(Limits.none());
    cgroup.remove();
    assertFalse(cgroups.open(parent).exists());
    create(Limits.none());
    Path file = cgroups.open(parent).directory("pids").resolve("pids.max");
    assertEquals("31", Files.readString(file).strip());
  }

  @Test
  void limitThatTheKernelRefusesLeavesNothing() {
    var limits = Limits.builder().cpusetCpus("9999").build();
    var error = assertThrows(DavitException.class, () -> create(limits));
    assertEquals(Kind.INVALID, error.kind());
    assertTrue(error.getMessage().startsWith("\"9999\" for cpuset.cpus: "), error.getMessage());
    assertFalse(cgroups.open(path).exists());
  }

  @Test
  void entryIsForEachHierarchy() {
    try (var entry = create(Limits.none()).entry()) {
      int opened = entry.tasks().size() + (entry.directory().isPresent() ? 1 : 0);
      assertEquals(cgroup.directories().size(), opened);
    }
  }

  @Test
  void killEndsAllProcesses() throws Exception {
    create(Limits.none());
    var process = run("sleep 100 & sleep 100 & wait");
    assertTrue(cgroup.populated());
    assertTrue(cgroup.pids().contains((int) process.pid()));
    assertTrue(cgroup.usage().pids() > 0);
    var conflict = assertThrows(DavitException.class, () -> cgroups.create(path, Limits.none()));
    assertEquals(Kind.CONFLICT, conflict.kind());
    cgroup.kill();
    assertEquals(128 + 9, process.waitFor());
    cgroup.remove();
    assertEquals(List.of(), cgroup.pids());
  }

  @Test
  void frozenProcessesDoNothingUntilTheThaw() throws Exception {
    create(Limits.none());
    var process = run("read line; echo $line");
    cgroup.freeze();
    try (var out = process.outputWriter(UTF_8)) {
      out.write("hello\n");
    }
    long used = cgroup.usage().cpuNanos();
    assertTrue(process.isAlive());
    assertEquals(used, cgroup.usage().cpuNanos());
    cgroup.thaw();
    assertEquals("n\nhello\n", new String(process.getInputStream().readAllBytes(), UTF_8));
  }

  @Test
  void frozenProcessesCanBeKilled() throws Exception {
    create(Limits.none());
    var process = run("sleep 100");
    cgroup.freeze();
    cgroup.kill();
    assertEquals(128 + 9, process.waitFor());
  }

  @Test
  void outOfMemoryIsCounted() throws Exception {
    create(Limits.builder().memory(16 * MIB).memorySwap(16 * MIB).build());
    assertEquals(0, cgroup.oomKills());
    var process = run("exec awk 'BEGIN { s = \"x\"; while (1) s = s s }'");
    assertEquals(128 + 9, process.waitFor());
    assertTrue(cgroup.oomKills() > 0);
  }

  @Test
  void devicesAreThoseOfTheRules() throws Exception {
    create(Limits.none());
    Path node = Files.createTempDirectory("davit").resolve("mem");
    try {
      var process =
          run(
              "head -c 1 /dev/zero > /dev/null && mknod "
                  + node
                  + " c 1 1 && ! head -c 1 "
                  + node
                  + " 2>&1");
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertTrue(said.contains("Operation not permitted"), said);
    } finally {
      Files.deleteIfExists(node);
      Files.delete(node.getParent());
    }
  }

  @Test
  void removeTakesWhatIsBelow() throws IOException {
    create(Limits.none());
    for (Path directory : cgroup.directories()) {
      Files.createDirectories(directory.resolve("a/b"));
    }
    cgroup.remove();
    assertFalse(cgroup.exists());
  }

  @Test
  void manyAtOnceComeAndGo() throws Exception {
    var limits = Limits.builder().pids(9L).build();
    String parent = Path.of(path).getParent().toString();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int i = 0; i < 40; i++) {
        String own = parent + "/many-" + i;
        done.add(executor.submit(() -> cgroups.create(own, limits).remove()));
      }
      for (var one : done) {
        one.get();
      }
    }
  }
}
