package dev.davit.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.linux.SyscallException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a container finds and what it does not.
@dev.davit.test.Kernel
class StarterKernelTest extends StarterFixture {
  @Test
  void startIsPidOneOfItsOwnNamespace() throws Exception {
    assertEquals("1", out(shell("echo $$")));
    assertEquals("test", out(shell("cat /proc/sys/kernel/hostname")));
  }

  @Test
  void startLeaksNoDescriptor() throws Exception {
    assertEquals("0 1 2 3", out(shell("ls /proc/self/fd | xargs")));
  }

  @Test
  void startSeesOnlyItsOwnMounts() throws Exception {
    String mounts = out(shell("cut -d' ' -f2 /proc/mounts | sort -u | xargs"));
    assertTrue(mounts.startsWith("/ /dev /dev/mqueue /dev/pts /dev/shm /proc"), mounts);
    assertFalse(mounts.contains(directory.toString()), mounts);
  }

  @Test
  void startHasDockersCapabilitiesAndAFilter() throws Exception {
    String status = out(shell("grep -E '^(Cap|Seccomp:|NoNewPrivs)' /proc/self/status | xargs"));
    assertEquals(
        "CapInh: 0000000000000000 CapPrm: 00000000a80425fb CapEff: 00000000a80425fb"
            + " CapBnd: 00000000a80425fb CapAmb: 0000000000000000 NoNewPrivs: 0 Seccomp: 2",
        status);
  }

  @Test
  void startWhenUserIsNotRootHasNoCapability() throws Exception {
    var root = shell("id -u; id -g; grep -E '^Cap(Prm|Eff)' /proc/self/status");
    var process = root.process();
    var user =
        new ProcessSpec(
            process.path(),
            process.args(),
            process.env(),
            "/tmp",
            1234,
            4321,
            List.of(99),
            Capability.defaults(),
            List.of(new Rlimit("nofile", 4, 200)),
            true,
            Seccomp.DEFAULT,
            List.of(),
            process.oomScoreAdj());
    assertEquals(
        "1234\n4321\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000",
        out(ContainerSpec.of("test", user)));
  }

  @Test
  void startHidesWhatTellsOfTheHost() throws Exception {
    assertEquals(
        "0", out(shell("cat /proc/kcore /proc/keys /proc/timer_list 2>/dev/null | wc -c")));
    assertEquals("0", out(shell("ls /sys/firmware | wc -l")));
    assertEquals("ro", out(shell("(echo 1 > /proc/sysrq-trigger) 2>/dev/null || echo ro")));
    assertEquals("ro", out(shell("(echo 1 > /proc/sys/kernel/panic) 2>/dev/null || echo ro")));
  }

  @Test
  void startHasDevices() throws Exception {
    assertEquals("10", out(shell("head -c 10 /dev/urandom | wc -c")));
    assertEquals("full", out(shell("(echo x > /dev/full) 2>/dev/null || echo full")));
    assertEquals("ptmx", out(shell("test -c /dev/ptmx && echo ptmx")));
  }

  @Test
  void startWhenFilterForbidsACallRefusesIt() throws Exception {
    // unshare(2) needs CAP_SYS_ADMIN in the filter, keyctl and AF_ALG are never allowed.
    assertEquals("refused", out(shell("unshare -U true 2>/dev/null || echo refused")));
  }

  @Test
  void startBindsReadOnlyAndFollowsNoLinkOut() throws Exception {
    Path source = Files.createDirectories(directory.resolve("source"));
    Files.writeString(source.resolve("file"), "content");
    var bind = MountSpec.Bind.of(source, "/mnt/inside", true);
    var spec =
        with(
            shell("cat /mnt/inside/file; touch /mnt/inside/new 2>/dev/null || echo ' ro'"),
            mounts -> List.of(bind),
            Map.of());
    assertEquals("content ro", out(spec));
  }

  @Test
  void startBindsAFile() throws Exception {
    Path source = Files.writeString(directory.resolve("hosts"), "127.0.0.1 one");
    var bind = MountSpec.Bind.of(source, "/etc/hosts", false);
    assertEquals("127.0.0.1 one", out(with(shell("cat /etc/hosts"), m -> List.of(bind), Map.of())));
  }

  @Test
  void startMountsTmpfs() throws Exception {
    var tmpfs = new MountSpec.Tmpfs("/scratch", "size=1m,mode=700", Set.of());
    var spec =
        with(shell("stat -f -c %T /scratch; stat -c %a /scratch"), m -> List.of(tmpfs), Map.of());
    assertEquals("tmpfs\n700", out(spec));
  }

  @Test
  void startSetsItsOwnSysctls() throws Exception {
    var spec =
        with(
            shell("cat /proc/sys/net/ipv4/ip_default_ttl"),
            m -> m,
            Map.of("net.ipv4.ip_default_ttl", "42"));
    assertEquals("42", out(spec));
  }

  @Test
  void startWithANetworkNamespaceOfItsOwnHasLoopbackOnly() throws Exception {
    String interfaces = out(shell("ls /sys/class/net | xargs; cat /sys/class/net/lo/flags"));
    assertTrue(interfaces.endsWith("0x9"), interfaces);
    assertTrue(interfaces.startsWith("lo"), interfaces);
  }

  @Test
  void startWhenProgramIsMissingIs127() throws Exception {
    var spec =
        ContainerSpec.of(
            "web-1", ProcessSpec.of("/no/such", List.of("such"), List.of("SECRET=hunter2")));
    var error = assertThrows(StartFailedException.class, () -> run(spec));
    assertEquals(127, error.exitCode());
    assertEquals(
        "program \"/no/such\" is not in the container, or its interpreter is not",
        error.getMessage());
    String line = error.action().orElseThrow();
    assertTrue(
        line.contains(
            "[\"davit-exec\", \"/no/such\", \"such\"], /* 1 vars */, AT_EMPTY_PATH) = -1 ENOENT"),
        line);
    assertFalse(line.contains("hunter2"), line);
  }

  @Test
  void startWhenSysctlDoesNotExistNamesIt() {
    var spec = with(shell("true"), m -> m, Map.of("net.ipv4.no_such", "1"));
    var error = assertThrows(StartFailedException.class, () -> run(spec));
    assertEquals(
        "sysctl \"net.ipv4.no_such\" cannot be set: no such file or directory", error.getMessage());
  }

  @Test
  void startWhenProgramIsNoProgramIs126() throws Exception {
    var spec = ContainerSpec.of("web-1", ProcessSpec.of("/etc/passwd", List.of("x"), List.of()));
    assertEquals(126, assertThrows(StartFailedException.class, () -> run(spec)).exitCode());
  }

  @Test
  void startWhenWorkingDirectoryIsAMagicLinkIsRefused() {
    var process = shell("pwd").process();
    var escaping =
        new ProcessSpec(
            process.path(),
            process.args(),
            process.env(),
            "/proc/self/fd/8",
            0,
            0,
            List.of(),
            Capability.defaults(),
            List.of(),
            false,
            Seccomp.DEFAULT,
            List.of(),
            process.oomScoreAdj());
    assertThrows(StartFailedException.class, () -> run(ContainerSpec.of("test", escaping)));
  }

  @Test
  void startWithInitReapsAndForwards() throws Exception {
    var spec = shell("echo $$; (sleep 0.01 &) ; ps -o pid,comm 2>/dev/null | head -2 | tail -1");
    var init =
        new ContainerSpec(
            spec.id(),
            spec.process(),
            spec.namespaces(),
            spec.hostname(),
            spec.domainname(),
            spec.mounts(),
            spec.devices(),
            false,
            spec.maskedPaths(),
            spec.readonlyPaths(),
            Map.of(),
            spec.shmSize(),
            true,
            false);
    assertTrue(out(init).startsWith("2"), "the shell is the child of init");
  }

  @Test
  void startWithTerminalGivesAControllingTerminal() throws Exception {
    var spec = shell("tty; stty size < /dev/tty; test -t 0 && echo yes");
    try (Fd rootfs = overlay()) {
      var size = new Stdio.Terminal(33, 77);
      Started started = starter.start(spec, rootfs, Entry.none(), size);
      try (Fd pidfd = started.pidfd();
          Fd terminal = started.terminal().orElseThrow()) {
        assertEquals("/dev/pts/0\r\n33 77\r\nyes\r\n", drain(terminal));
        assertEquals(0, Pidfd.await(pidfd));
      }
    }
  }

  // A terminal whose other end is closed says EIO, pty(7).
  private static String drain(Fd terminal) {
    var out = new ByteArrayOutputStream();
    try {
      while (true) {
        out.writeBytes(Kernel.read(terminal, 4096));
      }
    } catch (SyscallException e) {
      assertEquals(Errno.EIO, e.errno());
    }
    return out.toString(UTF_8);
  }

  @Test
  void execJoinsTheContainer() throws Exception {
    Path output = Files.createTempFile(directory, "out", "");
    try (Fd in = Kernel.open("/dev/null", Open.RDONLY, 0);
        Fd out = Kernel.open(output.toString(), Open.WRONLY | Open.APPEND, 0);
        Fd rootfs = overlay()) {
      var stdio = new Stdio.Pipes(in, out, out);
      var entry = Entry.none();
      Started sleeper = starter.start(shell("exec sleep 1000"), rootfs, entry, stdio);
      try (Fd target = sleeper.pidfd()) {
        var spec =
            new ExecSpec("test", shell("cat /proc/1/cmdline | tr '\\0' ' '; exit 5").process());
        Started exec = starter.execs().start(spec, sleeper.pid(), target, entry, stdio);
        try (Fd pidfd = exec.pidfd()) {
          assertEquals(5, Pidfd.await(pidfd));
        }
        assertEquals("sleep 1000", Files.readString(output).strip());
        Kernel.sendSignal(target, 9);
        assertEquals(137, Pidfd.await(target));
      }
    }
  }

  @Test
  void explainPrintsEveryCall() {
    String text = starter.explain(shell("true"), false);
    assertTrue(text.contains("pivot_root(\".\", \".\")"), text);
  }

  @Test
  void startWhenImageHasALinkForDevIsRefused() throws Exception {
    Path canary = Files.createDirectories(directory.resolve("canary"));
    Files.createSymbolicLink(image.resolve("dev"), canary);
    var error = assertThrows(StartFailedException.class, () -> run(shell("true")));
    assertTrue(error.getMessage().contains("ELOOP"), error.getMessage());
    try (var files = Files.list(canary)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void startWhenMountTargetIsALinkOutStaysInside() throws Exception {
    Path canary = Files.createDirectories(directory.resolve("canary"));
    Path source = Files.createDirectories(directory.resolve("source"));
    Files.createSymbolicLink(image.resolve("data"), Path.of("../../..").resolve(canary));
    var bind = MountSpec.Bind.of(source, "/data", false);
    var spec =
        with(shell("echo x > /data/file && readlink -f /data"), m -> List.of(bind), Map.of());
    assertEquals(canary.toString(), out(spec));
    assertTrue(Files.exists(source.resolve("file")));
    try (var files = Files.list(canary)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
