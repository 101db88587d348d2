package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Entry;
import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.linux.Stat;
import dev.davit.linux.Syscall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Images that try to get out: through links where a start mounts or writes, and through the file
/// of the host that their process once was.
@dev.davit.test.Kernel
class HostileImageKernelTest extends StarterFixture {
  private static final String FOREIGN = "davit: the interpreter of this script is /proc/self/exe";

  private Path canary() throws Exception {
    return Files.writeString(directory.resolve("canary"), "CANARY");
  }

  private static MountSpec.Tmpfs tmpfs(String destination) {
    return new MountSpec.Tmpfs(destination, "size=1m", Set.of());
  }

  /// Runs `script` with `mounts`; where the start is refused, that is the result.
  private String tried(String script, List<MountSpec> mounts) throws Exception {
    try {
      return run(with(shell(script), _ -> mounts, Map.of())).out();
    } catch (DavitException e) {
      return "refused: " + e.getMessage();
    }
  }

  private void program(String path, String text) throws Exception {
    Path file = image.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void mountTargetThatIsALinkToDevIsRefused() throws Exception {
    Path canary = canary();
    Files.createDirectories(image.resolve("dev"));
    Files.createSymbolicLink(image.resolve("dev/null"), canary);
    Files.createSymbolicLink(image.resolve("data"), Path.of("/dev"));
    String out =
        tried("cat /proc/timer_list; echo PWNED > /proc/timer_list", List.of(tmpfs("/data")));
    assertEquals("refused: mount target \"/data\" leads to \"/dev\" by a link of the image", out);
    assertEquals("CANARY", Files.readString(canary));
  }

  @Test
  void mountTargetThatIsALinkToTheKernelsOrTheRootIsRefused() throws Exception {
    for (String target : List.of("/proc", "/proc/sys", "/sys/kernel", "/dev/pts", "/", "/usr/..")) {
      // A link to a place that is not there is refused for that.
      Files.createDirectories(image.resolve(target.substring(1)));
      Path link = image.resolve("data");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(target));
      String out = tried("true", List.of(tmpfs("/data")));
      assertTrue(out.startsWith("refused: mount target \"/data\" leads to"), target + ": " + out);
    }
  }

  @Test
  void linkInAVolumeToDevIsRefusedByTheKernel() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.createSymbolicLink(volume.resolve("inner"), Path.of("/dev"));
    String out =
        tried("ls /dev", List.of(MountSpec.Bind.of(volume, "/vol", false), tmpfs("/vol/inner")));
    assertTrue(out.startsWith("refused: ") && out.contains("EXDEV"), out);
  }

  @Test
  void maskIsACharacterDeviceOfTheEnginesOwn() throws Exception {
    Files.createDirectories(image.resolve("dev"));
    Files.createSymbolicLink(image.resolve("dev/null"), canary());
    assertEquals(
        "1 3 0",
        out(shell("stat -c '%t %T' /proc/interrupts; wc -c < /proc/interrupts"))
            .replace('\n', ' '));
    String written = out(shell("chmod 600 /proc/interrupts 2>&1 || true; stat -c %a /dev/null"));
    assertTrue(written.endsWith("666"), written);
  }

  @Test
  void coverOfADirectoryIsEmptyForEverybodyWhateverTheEnginesUmask() {
    long before = Kernel.call(Syscall.UMASK, 077);
    try (Fd held = HeldFiles.make(List.of());
        Fd empty = Kernel.openat(held.number(), HeldFiles.EMPTY, Open.PATH, 0)) {
      assertEquals(0555, Stat.of(empty).permissions());
    } finally {
      Kernel.call(Syscall.UMASK, before);
    }
  }

  @Test
  void mountOverSysIsMaskedOnceMore() throws Exception {
    var sys = MountSpec.Bind.of(Path.of("/sys"), "/sys", true);
    var spec =
        with(
            shell("ls /sys/firmware | wc -l; ls /sys/kernel | wc -l"), _ -> List.of(sys), Map.of());
    String[] counts = out(spec).split("\n", -1);
    assertEquals("0", counts[0]);
    assertFalse(counts[1].equals("0"), counts[1]);
  }

  @Test
  void scriptOfItselfEndsWithAnError() throws Exception {
    program("run.sh", "#!/proc/self/exe\n");
    Result result =
        run(ContainerSpec.of("x", ProcessSpec.of("/run.sh", List.of("run"), List.of())));
    assertEquals(126, result.code());
    assertTrue(result.out().startsWith(FOREIGN), result.out());
  }

  @Test
  void scriptOfItselfByALinkWithInitEndsWithAnError() throws Exception {
    Files.createSymbolicLink(image.resolve("davit-init"), Path.of("/proc/self/exe"));
    program("run.sh", "#!/davit-init\n");
    var plain = ContainerSpec.of("x", ProcessSpec.of("/run.sh", List.of("run"), List.of()));
    Result result = run(withInit(plain));
    assertEquals(126, result.code());
    assertTrue(result.out().startsWith(FOREIGN), result.out());
  }

  private static ContainerSpec withInit(ContainerSpec spec) {
    return new ContainerSpec(
        spec.id(),
        spec.process(),
        spec.namespaces(),
        spec.hostname(),
        spec.domainname(),
        spec.mounts(),
        spec.devices(),
        spec.readonlyRootfs(),
        spec.maskedPaths(),
        spec.readonlyPaths(),
        spec.sysctls(),
        spec.shmSize(),
        true,
        spec.writableSys());
  }

  private static ContainerSpec tracing(String script) {
    ProcessSpec process = shell(script).process();
    var capabilities = EnumSet.copyOf(process.capabilities());
    capabilities.add(Capability.SYS_PTRACE);
    return ContainerSpec.of(
        "observer",
        new ProcessSpec(
            process.path(),
            process.args(),
            process.env(),
            process.cwd(),
            process.uid(),
            process.gid(),
            process.groups(),
            capabilities,
            process.rlimits(),
            process.noNewPrivileges(),
            process.seccomp(),
            process.confinement(),
            process.oomScoreAdj()));
  }

  private static int exec(Starter starter, Started target, ProcessSpec process, Stdio stdio) {
    Started exec =
        starter
            .execs()
            .start(new ExecSpec("x", process), target.pid(), target.pidfd(), Entry.none(), stdio);
    try (Fd pidfd = exec.pidfd()) {
      return Pidfd.await(pidfd);
    }
  }

  @Test
  void execOfAScriptOfItselfEndsWithAnError() throws Exception {
    program("run.sh", "#!/proc/self/exe\n");
    var running = running(shell("exec sleep 1000"));
    try {
      assertEquals(126, running.exec(ProcessSpec.of("/run.sh", List.of("run"), List.of())));
      assertTrue(running.out().startsWith(FOREIGN), running.out());
      assertEquals(
          Optional.of(1), running.sessionLeaders("echo $$ $(cut -d' ' -f6 /proc/self/stat)"));
    } finally {
      running.end();
    }
  }

  /// A process with CAP_SYS_PTRACE reads what it finds of every other process, while others are
  /// started beside it: it never sees one with more capabilities than a container has, nor with a
  /// descriptor or an executable of the engine.
  @Test
  void execShowsNothingOfTheEngineToThoseInside() throws Exception {
    String watch =
        """
        cd /proc; while :; do for p in [0-9]*; do case $p in 1|$$) continue;; esac
        readlink $p/exe && { grep -h CapEff $p/status; ls -l $p/fd | grep -o ' -> .*'; } ; done; done 2>/dev/null
        """;
    var running = running(tracing(watch));
    try {
      // The observer has begun when it has seen one that stays for a moment.
      for (int i = 0; i < 100 && !running.out().contains("CapEff:"); i++) {
        assertEquals(0, running.exec(shell("sleep 0.05").process()));
      }
      for (int i = 0; i < 300; i++) {
        assertEquals(0, running.exec(shell(":").process()));
      }
      Set<String> seen = running.out().lines().collect(Collectors.toSet());
      Set<String> strange =
          seen.stream()
              .filter(
                  line -> line.contains("java") || line.contains("jvm") || line.contains("socket:"))
              .collect(Collectors.toSet());
      assertEquals(Set.of(), strange);
      long most = Capability.mask(tracing("").process().capabilities());
      Set<String> powerful =
          seen.stream()
              .filter(line -> line.startsWith("CapEff:"))
              .filter(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & ~most) != 0)
              .collect(Collectors.toSet());
      assertEquals(Set.of(), powerful);
      assertTrue(seen.stream().anyMatch(line -> line.startsWith("CapEff:")), "nothing was seen");
    } finally {
      running.end();
    }
  }

  private Running running(ContainerSpec spec) throws Exception {
    Path output = Files.createTempFile(directory, "out", "");
    Fd in = Kernel.open("/dev/null", Open.RDONLY, 0);
    Fd out = Kernel.open(output.toString(), Open.WRONLY | Open.APPEND, 0);
    try (Fd rootfs = overlay()) {
      var stdio = new Stdio.Pipes(in, out, out);
      return new Running(starter, starter.start(spec, rootfs, Entry.none(), stdio), stdio, output);
    }
  }

  private record Running(Starter starter, Started started, Stdio.Pipes stdio, Path output) {
    int exec(ProcessSpec process) {
      return HostileImageKernelTest.exec(starter, started, process, stdio);
    }

    String out() throws Exception {
      return Files.readString(output).strip();
    }

    /// 1 if the process that runs `script` leads its own session.
    Optional<Integer> sessionLeaders(String script) throws Exception {
      int before = out().length();
      assertEquals(0, exec(shell(script).process()));
      String[] words = out().substring(before).strip().split(" ", -1);
      return Optional.of(words[0].equals(words[1]) ? 1 : 0);
    }

    void end() {
      Kernel.sendSignal(started.pidfd(), 9);
      Pidfd.await(started.pidfd());
      started.pidfd().close();
      stdio.in().close();
      stdio.out().close();
    }
  }

  @Test
  void programThatIsMissingInAContainerIsTold() throws Exception {
    var running = running(shell("exec sleep 1000"));
    try {
      var error =
          assertThrows(
              StartFailedException.class,
              () -> running.exec(ProcessSpec.of("/no/such", List.of("such"), List.of())));
      assertEquals(127, error.exitCode());
      assertEquals(
          "program \"/no/such\" is not in the container, or its interpreter is not",
          error.getMessage());
    } finally {
      running.end();
    }
  }
}
