package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Arch;
import dev.davit.linux.Fd;
import dev.davit.linux.MountFlag;
import dev.davit.test.Assembler;
import dev.davit.test.Golden;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whole programs as text: the diff of a golden file shows what a change does to a container.
class StartProgramTest {
  private static final List<Masked> MASKED =
      List.of(
          new Masked("/proc/acpi", true),
          new Masked("/proc/kcore", false),
          new Masked("/sys/firmware", true));
  private static final Fd TTY = Fd.placeholder("/dev/pts/0");

  private static Opened opened(Entry entry, List<String> cgroup1) {
    var stdio = List.of(Fd.placeholder("null"), Fd.placeholder("out"), Fd.placeholder("err"));
    return new Opened(
        Fd.placeholder("rootfs"),
        "/run/davit/rootfs",
        entry,
        Map.of("net", Fd.placeholder("/run/davit/netns/web-1")),
        List.of(
            new Opened.Tree(Fd.placeholder("/srv/www"), false),
            new Opened.Tree(Fd.placeholder("/etc/web.conf"), true)),
        Fd.placeholder("held"),
        stdio,
        Optional.empty(),
        Trampoline.exec(Fd.placeholder("davit-init"), Fd.placeholder("report")),
        cgroup1,
        MASKED,
        true);
  }

  private static ContainerSpec web(ExecAttribute... confinement) {
    var process =
        new ProcessSpec(
            "/usr/sbin/nginx",
            List.of("nginx", "-g", "daemon off;"),
            List.of("PATH=/usr/sbin:/usr/bin"),
            "/srv",
            33,
            33,
            List.of(4),
            Set.of(Capability.NET_BIND_SERVICE),
            List.of(new Rlimit("nofile", 1024, 4096)),
            true,
            Seccomp.UNCONFINED,
            List.of(confinement),
            OptionalInt.of(500));
    var own = ContainerSpec.of("web-1", process);
    return new ContainerSpec(
        "web-1",
        process,
        own.namespaces().withNet(new Namespace.Of(Path.of("/run/davit/netns/web-1"))),
        "web",
        "example",
        List.of(
            new MountSpec.Bind(Path.of("/srv/www"), "/srv/www", true, MountFlag.SLAVE),
            new MountSpec.Tmpfs(
                "/var/cache",
                "size=16777216",
                Set.of(MountFlag.NOSUID, MountFlag.NODEV, MountFlag.NOEXEC)),
            MountSpec.Bind.of(Path.of("/etc/web.conf"), "/etc/nginx/nginx.conf", false),
            new MountSpec.Made(
                Fd.placeholder("image"), "usr/share", false, "/share", true, "image tools:1"),
            MountSpec.Held.of(
                "/run/secrets/token", new byte[] {'x'}, 33, 33, 0400, "secret \"token\"")),
        List.of(new Device("/dev/dri/card0", false, 226, 0, 0660, 0, 44)),
        true,
        List.of("/proc/acpi", "/proc/kcore", "/sys/firmware", "/proc/none"),
        List.of("/proc/sys"),
        Map.of("net.core.somaxconn", "1024", "kernel.msgmax", "65536"),
        1 << 20,
        false,
        false);
  }

  @Test
  void ofAContainerOnCgroup2() {
    Entry entry = new Entry(Optional.of(Fd.placeholder("/sys/fs/cgroup/davit/web-1")), List.of());
    Golden.check(
        "runtime/web-v2.program", StartProgram.of(web(), opened(entry, List.of())).print());
  }

  @Test
  void ofAContainerOnCgroup1() {
    Entry entry = new Entry(Optional.empty(), List.of(Fd.placeholder("memory/tasks")));
    var program = StartProgram.of(web(), opened(entry, List.of("memory", "cpu,cpuacct")));
    Golden.check("runtime/web-v1.program", program.print());
  }

  @Test
  void ofAContainerWithTerminalAndInit() {
    var spec = ContainerSpec.of("sh-1", ProcessSpec.of("/bin/sh", List.of("sh"), List.of()));
    var pty = new Pty(Optional.of(Fd.placeholder("devpts")), Fd.placeholder("/dev/ptmx"), TTY);
    Opened opened =
        new Opened(
            Fd.placeholder("rootfs"),
            "/run/davit/rootfs",
            new Entry(Optional.of(Fd.placeholder("cgroup")), List.of()),
            Map.of(),
            List.of(),
            Fd.placeholder("held"),
            Collections.nCopies(3, TTY),
            Optional.of(pty),
            Trampoline.init(Fd.placeholder("davit-init"), Optional.of(Fd.placeholder("/dev/ptmx"))),
            List.of(),
            List.of(),
            true);
    String printed = StartProgram.of(spec, opened).print();
    Golden.check("runtime/terminal.program", printed.replaceAll("len=\\d+", "len=N"));
  }

  @Test
  void confinementIsToldWhileProcIsTheMachines() {
    var profile = new ExecAttribute("/proc/self/attr/apparmor/exec", "exec web");
    Entry entry = new Entry(Optional.of(Fd.placeholder("cgroup")), List.of());
    String printed = StartProgram.of(web(profile), opened(entry, List.of())).print();
    List<String> calls =
        printed.lines().skip(1).limit(4).map(line -> line.replaceFirst(" +# .*", "")).toList();
    assertEquals(
        List.of(
            "  1  unshare(CLONE_NEWCGROUP)",
            "  2  openat(AT_FDCWD, \"/proc/self/attr/apparmor/exec\", O_WRONLY|O_CLOEXEC)",
            "  3  write(#2, \"exec web\", 8)",
            "  4  openat(AT_FDCWD, \"/proc/self/oom_score_adj\", O_WRONLY|O_CLOEXEC)"),
        calls);
  }

  @Test
  void equalSpecificationsGiveEqualPrograms() {
    Opened opened = opened(Entry.none(), List.of());
    assertEquals(StartProgram.of(web(), opened), StartProgram.of(web(), opened));
  }

  @Test
  void initForX86IsItsSourceAssembled() {
    byte[] assembled = Assembler.x86().assemble("runtime/init-x86_64.s");
    assertArrayEquals(assembled, Init.bytes(Arch.X86_64));
  }

  @Test
  void initForArmIsItsSourceAssembled() {
    byte[] assembled = Assembler.arm().assemble("runtime/init-aarch64.s");
    assertArrayEquals(assembled, Init.bytes(Arch.AARCH64));
  }
}
