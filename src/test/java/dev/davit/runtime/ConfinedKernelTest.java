package dev.davit.runtime;

import static dev.davit.runtime.Wanted.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What each kind of container may do, as the kernel itself tells it.
@dev.davit.test.Kernel
class ConfinedKernelTest extends StarterFixture {
  private static final String STATUS =
      "grep -E '^(Uid|Cap|NoNewPrivs|Seccomp:)' /proc/self/status | tr '\\t\\n' '  '";
  private static final Namespace HOST = new Namespace.Host();

  private static Map<String, Supplier<Wanted>> kinds(String script) {
    var kinds = new LinkedHashMap<String, Supplier<Wanted>>();
    kinds.put("default", () -> script(script));
    kinds.put("init", () -> script(script).init());
    kinds.put("user", () -> script(script).user(1234));
    kinds.put("cap_add NET_ADMIN", () -> script(script).adding(Capability.NET_ADMIN));
    kinds.put(
        "cap_add NET_ADMIN, user", () -> script(script).adding(Capability.NET_ADMIN).user(1234));
    kinds.put("cap_drop ALL", () -> script(script).capabilities(EnumSet.noneOf(Capability.class)));
    kinds.put("no_new_privileges", () -> script(script).noNewPrivileges());
    kinds.put("read_only", () -> script(script).readOnly());
    kinds.put("host's namespaces", () -> script(script).namespaces(hosts()));
    return kinds;
  }

  private static Namespaces hosts() {
    return new Namespaces(HOST, HOST, HOST, HOST, HOST);
  }

  @Test
  void capabilitiesOfEachKind() throws Exception {
    var text = new StringBuilder();
    for (var kind : kinds(STATUS).entrySet()) {
      Wanted wanted = kind.getValue().get();
      text.append(kind.getKey()).append(": ").append(out(wanted.container())).append('\n');
    }
    try (var running = start(script("exec sleep 1000"))) {
      for (var kind : kinds(STATUS + "; echo").entrySet()) {
        int before = running.out().length();
        assertEquals(0, running.exec(kind.getValue().get().process()));
        String said = running.out().substring(before).strip();
        text.append("exec, ").append(kind.getKey()).append(": ").append(said).append('\n');
      }
    }
    Golden.check("runtime/capabilities.txt", text.toString());
  }

  @Test
  void whatIsHiddenAndWhatIsReadOnlyIsSoForEachKind() throws Exception {
    String hidden =
        ContainerSpec.defaultMaskedPaths().stream()
            .map(
                path ->
                    "test -d %1$s && ls -A %1$s; test -d %1$s || cat %1$s 2>/dev/null"
                        .formatted(path))
            .collect(Collectors.joining("; "));
    String written =
        List.of(
                "/proc/sysrq-trigger",
                "/proc/sys/kernel/core_pattern",
                "/proc/sys/kernel/modprobe",
                "/proc/irq/default_smp_affinity",
                "/sys/kernel/uevent_helper",
                "/sys/kernel/mm/transparent_hugepage/enabled",
                "/sys/power/state")
            .stream()
            .map(path -> "(: >> %1$s) 2>/dev/null && echo %1$s is open".formatted(path))
            .collect(Collectors.joining("; "));
    String changed =
        "mount -o remount,rw /proc/sys 2>/dev/null && echo remounted;"
            + " umount /proc/sys /proc/keys 2>/dev/null && echo unmounted;"
            + " mount -t proc none /mnt 2>/dev/null && echo mounted";
    String all = hidden + "; " + written + "; " + changed + "; true";
    for (var kind : kinds(all).entrySet()) {
      assertEquals("", out(kind.getValue().get().container()), kind.getKey());
    }
    try (var running = start(script("exec sleep 1000"))) {
      assertEquals(0, running.exec(script(all).process()));
      assertEquals("", running.out());
    }
  }

  /// For the user's own good the privileged one sees all: else the test above would prove nothing.
  @Test
  void nothingIsHiddenFromThePrivileged() throws Exception {
    String some =
        out(script("cat /proc/interrupts /proc/keys /proc/timer_list | wc -l").open().container());
    assertTrue(Integer.parseInt(some) > 3, some);
  }

  private void setuid(String program, String copy) throws Exception {
    Path file = image.resolve(copy);
    Files.copy(Path.of(program).toRealPath(), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(file, "unix:mode", 0104755);
  }

  @Test
  void setuidProgramGainsNoMoreThanTheContainerHas() throws Exception {
    setuid("/bin/cat", "davit-cat");
    String look = "/davit-cat /proc/self/status | grep -E '^(Uid|CapEff)' | xargs";
    String usual = out(script(look).user(1234).container());
    assertEquals("Uid: 1234 0 0 0 CapEff: 00000000a80425fb", usual);
    String never = out(script(look).user(1234).noNewPrivileges().container());
    assertEquals("Uid: 1234 1234 1234 1234 CapEff: 0000000000000000", never);
    var none = script(look).user(1234).capabilities(EnumSet.noneOf(Capability.class));
    assertEquals("Uid: 1234 0 0 0 CapEff: 0000000000000000", out(none.container()));
    try (var running = start(script("exec sleep 1000"))) {
      assertEquals(0, running.exec(script(look).user(1234).noNewPrivileges().process()));
      assertEquals(never, running.out());
    }
  }

  /// With the host's PID namespace a container sees all processes; it may look into none that has
  /// more than it has itself.
  @Test
  void hostsProcessesAreSeenAndNotEntered() throws Exception {
    long engine = ProcessHandle.current().pid();
    String enter =
        """
        for p in 1 %d; do for f in root cwd exe fd/0 fd/1; do readlink /proc/$p/$f; done
        ls /proc/$p/root/ /proc/$p/cwd/ /proc/$p/map_files | grep -v map_files: | grep .
        cat /proc/$p/environ /proc/$p/stack; head -c 1 /proc/$p/mem; done 2>/dev/null; echo end
        """
            .formatted(engine);
    var namespaces = Namespaces.own();
    var wanted =
        script(enter)
            .namespaces(
                new Namespaces(
                    HOST,
                    namespaces.ipc(),
                    namespaces.uts(),
                    namespaces.net(),
                    namespaces.cgroup()));
    assertEquals("end", out(wanted.container()));
  }

  /// Each namespace of the host is shared alone: the others stay the container's own.
  @Test
  void namespacesAreSharedOnlyAsAskedFor() throws Exception {
    Namespace own = new Namespace.Own();
    List<String> types = List.of("pid", "ipc", "uts", "net", "cgroup");
    String look =
        "readlink "
            + types.stream().map(it -> "/proc/self/ns/" + it).collect(Collectors.joining(" "))
            + " /proc/self/ns/mnt /proc/self/ns/user";
    for (int shared = -1; shared < types.size(); shared++) {
      var all = new Namespace[types.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = i == shared ? HOST : own;
      }
      var wanted = script(look).namespaces(new Namespaces(all[0], all[1], all[2], all[3], all[4]));
      List<String> lines = out(wanted.container()).lines().toList();
      for (int i = 0; i < all.length; i++) {
        String hosts = Files.readSymbolicLink(Path.of("/proc/self/ns", types.get(i))).toString();
        assertEquals(i == shared, hosts.equals(lines.get(i)), types.get(i));
      }
      assertFalse(
          Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString().equals(lines.get(5)));
    }
  }
}
