package dev.davit.runtime;

import dev.davit.cgroup.Entry;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.IgnoredSignals;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.linux.Stat;
import dev.davit.linux.Syscall;
import dev.davit.program.Launched;
import dev.davit.program.Program;
import dev.davit.program.ProgramRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts containers: opens what the program of a start needs, runs it, closes it again. Safe for
/// use by many threads.
public final class Starter {
  private static final Fd NOWHERE = Fd.placeholder("/dev/null");

  private final Path staging;
  private final List<String> cgroup1;
  private final Fd code;

  private Starter(Path staging, List<String> cgroup1, Fd code) {
    this.staging = staging;
    this.cgroup1 = List.copyOf(cgroup1);
    this.code = code;
  }

  /// From now on this process ignores no signals, whoever started it: containers would ignore them
  /// too.
  ///
  /// @param staging an existing empty directory of the host; each container attaches its root file
  ///   system there, in a mount namespace of its own
  /// @param cgroup1 the cgroup v1 hierarchies that containers see, as mount options (`memory`,
  ///   `cpu,cpuacct`); none on v2
  public static Starter open(Path staging, List<String> cgroup1) {
    IgnoredSignals.reset();
    return new Starter(staging, cgroup1, Init.open());
  }

  /// Starts further processes in containers.
  public Execs execs() {
    return new Execs(code);
  }

  /// Starts the container. Mount points that the image lacks are made in `rootfs` first.
  ///
  /// @param rootfs a detached mount; the caller closes it afterwards, the container keeps it alive
  /// @param entry into its cgroup; the caller closes it
  /// @throws StartFailedException telling which system call failed
  public Started start(ContainerSpec spec, Fd rootfs, Entry entry, Stdio stdio) {
    MountPoints.ensure(rootfs, spec);
    var resources = new ArrayList<Fd>();
    try (var report = Report.open()) {
      Optional<Pty> pty = terminal(stdio);
      pty.ifPresent(terminal -> resources.addAll(terminal.childEnds()));
      Opened opened =
          new Opened(
              rootfs,
              staging.toString(),
              entry,
              openNamespaces(spec.namespaces(), resources),
              openTrees(spec.mounts(), resources),
              held(spec, resources),
              descriptors(stdio, pty),
              pty,
              trampoline(spec, pty, code, report.childEnd()),
              cgroup1,
              Masked.present(spec.maskedPaths()),
              KernelFeatures.mountSetattr());
      return launch(spec, StartProgram.of(spec, opened), pty, report);
    } finally {
      resources.forEach(Fd::close);
    }
  }

  // A terminal needs a process that keeps its other end while no engine runs.
  private static Trampoline trampoline(ContainerSpec spec, Optional<Pty> pty, Fd code, Fd report) {
    return spec.init() || pty.isPresent()
        ? Trampoline.init(code, pty.map(Pty::master))
        : Trampoline.exec(code, report);
  }

  private static Optional<Pty> terminal(Stdio stdio) {
    return stdio instanceof Stdio.Terminal size
        ? Optional.of(Pty.inNewDevpts(size))
        : Optional.empty();
  }

  private static List<Fd> descriptors(Stdio stdio, Optional<Pty> pty) {
    return switch (stdio) {
      case Stdio.Pipes(Fd in, Fd out, Fd err) -> List.of(in, out, err);
      case Stdio.Terminal _ -> Collections.nCopies(3, pty.orElseThrow().slave());
    };
  }

  private static Map<String, Fd> openNamespaces(Namespaces namespaces, List<Fd> resources) {
    var opened = new HashMap<String, Fd>();
    StartProgram.joinable(namespaces)
        .forEach(
            (type, namespace) -> {
              if (namespace instanceof Namespace.Of(Path file)) {
                Fd fd = Kernel.open(file.toString(), Open.RDONLY, 0);
                resources.add(fd);
                opened.put(type, fd);
              }
            });
    return opened;
  }

  private static List<Opened.Tree> openTrees(List<MountSpec> mounts, List<Fd> resources) {
    var trees = new ArrayList<Opened.Tree>();
    for (MountSpec mount : mounts) {
      if (mount instanceof MountSpec.Bind bind) {
        try {
          trees.add(openTree(bind, resources));
        } catch (DavitException e) {
          throw e.about(new Culprit(Part.MOUNT, bind.destination()));
        }
      }
    }
    return trees;
  }

  private static Opened.Tree openTree(MountSpec.Bind bind, List<Fd> resources) {
    if (bind.below() == MountSpec.Below.READONLY && !KernelFeatures.mountSetattr()) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "mounts below \"%s\" cannot be made read-only by this kernel".formatted(bind.source()),
          "leave recursive: readonly out, or use Linux 5.12 or newer");
    }
    boolean alone = bind.below() == MountSpec.Below.STAY;
    int flags = NewMount.OPEN_TREE_CLONE | (alone ? 0 : NewMount.AT_RECURSIVE);
    try (Fd place = bind.open()) {
      Fd tree = NewMount.openTree(place, flags);
      resources.add(tree);
      boolean file = Stat.of(place).type() != Stat.DIRECTORY;
      return new Opened.Tree(new Fd(tree.number(), bind.source().toString()), file);
    }
  }

  private static Fd held(ContainerSpec spec, List<Fd> resources) {
    Fd made = HeldFiles.make(HeldFiles.of(spec.mounts()));
    resources.add(made);
    return made;
  }

  private static Started launch(
      ContainerSpec spec, Program program, Optional<Pty> pty, Report report) {
    Launched launched =
        switch (spec.namespaces().pid()) {
          case Namespace.Of(Path file) ->
              PidNamespace.within(file, () -> ProgramRunner.run(program));
          case Namespace.Own _, Namespace.Host _ -> ProgramRunner.run(program);
        };
    Launched child = report.ofExec(launched);
    List<String> mounts = spec.mounts().stream().map(MountSpec::destination).toList();
    return started(spec.id(), child, pty, mounts);
  }

  /// The running process, or the reason why there is none; then the child is reaped and the
  /// terminal closed.
  static Started started(String id, Launched child, Optional<Pty> pty, List<String> mounts) {
    if (!child.trace().complete()) {
      Pidfd.await(child.pidfd());
      child.pidfd().close();
      pty.ifPresent(terminal -> terminal.master().close());
      throw StartFailedException.of(id, child.trace(), mounts);
    }
    return new Started(child.pid(), child.pidfd(), pty.map(Pty::master), child.trace());
  }

  /// The program that [#start] would run, as strace would print it. Nothing is opened or run.
  public String explain(ContainerSpec spec, boolean terminal) {
    var namespaces = new HashMap<String, Fd>();
    StartProgram.joinable(spec.namespaces())
        .forEach(
            (type, namespace) -> {
              if (namespace instanceof Namespace.Of(Path file)) {
                namespaces.put(type, Fd.placeholder(file.toString()));
              }
            });
    List<Opened.Tree> trees =
        spec.mounts().stream()
            .filter(MountSpec.Bind.class::isInstance)
            .map(mount -> ((MountSpec.Bind) mount).source())
            .map(
                source ->
                    new Opened.Tree(Fd.placeholder(source.toString()), Files.isRegularFile(source)))
            .toList();
    Fd tty = Fd.placeholder("/dev/pts/0");
    Optional<Pty> pty =
        terminal
            ? Optional.of(
                new Pty(Optional.of(Fd.placeholder("devpts")), Fd.placeholder("ptmx"), tty))
            : Optional.empty();
    List<Fd> stdio =
        terminal
            ? Collections.nCopies(3, tty)
            : List.of(NOWHERE, Fd.placeholder("stdout"), Fd.placeholder("stderr"));
    Opened opened =
        new Opened(
            Fd.placeholder("rootfs"),
            staging.toString(),
            explainedEntry(),
            namespaces,
            trees,
            Fd.placeholder("held"),
            stdio,
            pty,
            trampoline(spec, pty, Fd.placeholder(Init.NAME), Fd.placeholder("report")),
            cgroup1,
            Masked.present(spec.maskedPaths()),
            true);
    return StartProgram.of(spec, opened).print();
  }

  private Entry explainedEntry() {
    List<Fd> tasks = cgroup1.stream().map(name -> Fd.placeholder(name + "/tasks")).toList();
    return new Entry(Optional.of(Fd.placeholder("cgroup")), tasks);
  }

  /// The engine's end of the terminal of a container that runs already: its init keeps one.
  public static Fd adoptTerminal(Fd pidfd) {
    long fd = Kernel.call(Syscall.PIDFD_GETFD, pidfd.number(), Trampoline.KEPT, 0);
    return new Fd((int) fd, "ptmx");
  }

  /// Tells a terminal its size.
  public static void resize(Fd terminal, Stdio.Terminal size) {
    Pty.resize(terminal, size);
  }
}
