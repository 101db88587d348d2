package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import dev.davit.linux.MountFlag;
import dev.davit.program.Calls;
import dev.davit.program.Clone;
import dev.davit.program.Program;
import dev.davit.program.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// No program resolves a name where an image, a volume or a user could have put a link.
class ProgramPathsTest {
  private static final String STAGING = "/run/davit/rootfs";
  private static final Fd CODE = Fd.placeholder("davit-init");
  private static final Fd REPORT = Fd.placeholder("report");
  private static final List<String> TARGETS =
      List.of(
          "/data",
          "/data/in",
          "/data/in/deep",
          "/srv",
          "/dev/x",
          "/dev/x/y",
          "/dev/shm",
          "/dev",
          "/sys",
          "/sys/fs",
          "/proc/cpuinfo",
          "/etc/hosts",
          "/var/run/x");

  private static Step fchdirToRoot() {
    return Calls.fchdir(Fd.placeholder("rootfs"));
  }

  private static MountSpec mount(RandomGenerator random, String target) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new MountSpec.Bind(Path.of("/srv/www"), target, random.nextBoolean(), MountFlag.SLAVE);
      case 1 ->
          new MountSpec.Tmpfs(
              target, "size=1m", random.nextBoolean() ? Set.of(MountFlag.RDONLY) : Set.of());
      case 2 ->
          new MountSpec.Made(
              Fd.placeholder("image"),
              random.nextBoolean() ? "" : "usr/share",
              false,
              target,
              random.nextBoolean(),
              "image x");
      default -> MountSpec.Held.of(target, new byte[] {1}, 0, 0, 0400, "secret");
    };
  }

  private static ContainerSpec container(RandomGenerator random) {
    var mounts = new ArrayList<MountSpec>();
    for (String target : TARGETS) {
      if (random.nextInt(3) == 0) {
        mounts.add(mount(random, target));
      }
    }
    var process =
        new ProcessSpec(
            "/bin/sh",
            List.of("sh"),
            List.of("PATH=/bin"),
            "/work",
            random.nextInt(2),
            0,
            List.of(),
            Capability.defaults(),
            random.nextBoolean() ? List.of(new Rlimit("nofile", 1, 2)) : List.of(),
            random.nextBoolean(),
            Seccomp.UNCONFINED,
            random.nextBoolean()
                ? List.of(new ExecAttribute("/proc/self/attr/apparmor/exec", "exec web"))
                : List.of(),
            random.nextBoolean() ? OptionalInt.of(3) : OptionalInt.empty());
    boolean privileged = random.nextInt(4) == 0;
    return new ContainerSpec(
        "x",
        process,
        Namespaces.own(),
        "x",
        "y",
        mounts,
        List.of(new Device("/dev/dri/card0", false, 226, 0, 0660, 0, 44)),
        random.nextBoolean(),
        privileged ? List.of() : ContainerSpec.defaultMaskedPaths(),
        privileged ? List.of() : ContainerSpec.defaultReadonlyPaths(),
        random.nextBoolean() ? Map.of("net.core.somaxconn", "1") : Map.of(),
        random.nextInt(2) << 20,
        random.nextBoolean(),
        privileged);
  }

  private static Opened opened(ContainerSpec spec, RandomGenerator random) {
    boolean terminal = random.nextInt(3) == 0;
    boolean version1 = random.nextBoolean();
    Fd tty = Fd.placeholder("/dev/pts/0");
    Optional<Pty> pty =
        terminal
            ? Optional.of(
                new Pty(Optional.of(Fd.placeholder("devpts")), Fd.placeholder("ptmx"), tty))
            : Optional.empty();
    var trees =
        spec.mounts().stream()
            .filter(MountSpec.Bind.class::isInstance)
            .map(_ -> new Opened.Tree(new Fd(77, "/srv/www"), random.nextBoolean()))
            .toList();
    return new Opened(
        Fd.placeholder("rootfs"),
        STAGING,
        version1
            ? new Entry(Optional.empty(), List.of(Fd.placeholder("tasks")))
            : new Entry(Optional.of(Fd.placeholder("cgroup")), List.of()),
        Map.of("net", Fd.placeholder("/run/davit/netns/x")),
        trees,
        Fd.placeholder("held"),
        Collections.nCopies(3, tty),
        pty,
        terminal ? Trampoline.init(CODE, Optional.of(tty)) : Trampoline.exec(CODE, REPORT),
        version1 ? List.of("memory", "cpu,cpuacct") : List.of(),
        spec.maskedPaths().stream().map(path -> new Masked(path, random.nextBoolean())).toList(),
        random.nextBoolean());
  }

  @Test
  void programsOfStartsKeepTheRule() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(13);
    for (int i = 0; i < 2000; i++) {
      ContainerSpec spec = container(random);
      Program program = StartProgram.of(spec, opened(spec, random));
      assertEquals(List.of(), ProgramPaths.violations(program, STAGING), program::print);
    }
  }

  @Test
  void programsOfFurtherProcessesKeepTheRule() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(14);
    for (int i = 0; i < 200; i++) {
      var spec = new ExecSpec("x", container(random).process());
      Program program =
          ExecProgram.of(
              spec,
              Fd.placeholder("x"),
              Entry.none(),
              Collections.nCopies(3, Fd.placeholder("null")),
              Trampoline.enter(CODE, REPORT));
      assertEquals(List.of(), ProgramPaths.violations(program, STAGING), program::print);
    }
  }

  /// Steps that have led out of a container, or could.
  @Test
  void stepsThatBreakTheRuleAreFound() {
    Step root = fchdirToRoot();
    List<List<Step>> broken =
        List.of(
            List.of(root, Calls.bind("dev/null", "proc/kcore")),
            List.of(root, Calls.mount("tmpfs", "proc/acpi", "size=0")),
            List.of(root, Calls.openForWriting("proc/sys/net/core/somaxconn")),
            List.of(root, Calls.change("proc/sys", MountFlag.BIND, MountFlag.REMOUNT)),
            List.of(root, Calls.moveMount(Fd.placeholder("tree"), "/data")),
            List.of(root, Calls.chdir("/data")),
            List.of(root, Calls.mkdir("data")),
            List.of(root, Calls.openBarePlace("proc"), Calls.openPlaceFollowing("/data")),
            List.of(Calls.chdir("/"), Calls.openForWriting("/proc/self/oom_score_adj")),
            List.of(Calls.execve("/bin/sh", List.of("sh"), List.of())));
    for (List<Step> steps : broken) {
      var all = new ArrayList<>(steps);
      all.add(Calls.openPlaceFollowing("/"));
      all.add(Calls.exit(0));
      var program = new Program(Clone.plain(), all);
      List<String> found = ProgramPaths.violations(program, STAGING);
      assertFalse(found.stream().allMatch(line -> line.contains("\"/\", {")), program::print);
    }
  }
}
