package dev.davit.runtime;

import static dev.davit.program.Calls.*;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.program.Arg;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The last part of every program: a child that stands in the right namespaces becomes the process.
/// What opens a file comes before its limits, what takes a privilege before that privilege goes.
final class ProcessSteps {
  /// Where init's own program waits for execveat.
  private static final int INIT = 3;

  /// Where init keeps the engine's end of the terminal, so that the terminal outlives an engine.
  static final int KEPT_TERMINAL = 4;

  /// Why the child enters its working directory.
  static final String CWD = "its working directory";

  private static final Set<Capability> NONE = Set.of();

  private static final Map<Capability, Step> DROPS = new EnumMap<>(Capability.class);

  static {
    for (Capability capability : Capability.values()) {
      DROPS.put(
          capability,
          dropBounding(capability.number(), "CAP_" + capability)
              .tolerating(Errno.EINVAL)
              .because("no setuid program gives it back"));
    }
  }

  private ProcessSteps() {}

  /// Into the v1 hierarchies of its cgroup; into that of v2 it is born.
  static List<Step> join(Entry entry) {
    return entry.tasks().stream()
        .map(tasks -> write(tasks, "0").because("limits hold from the first step"))
        .toList();
  }

  /// Tells the security modules what the process shall be. It comes first, while /proc is the
  /// machine's: what lies there in a container may be anything.
  static List<Step> confine(ProcessSpec process) {
    var steps = new ArrayList<Step>();
    for (ExecAttribute attribute : process.confinement()) {
      steps.add(openForWriting(attribute.file()).because("/proc is still the machine's"));
      steps.add(writeToResult(attribute.value()).because("confined from execve on, not before"));
    }
    return steps;
  }

  /// @param stdio in, out, err
  /// @param keep the engine's end of the terminal, if init shall keep it
  /// @param init Davit's init, if it shall be the parent of the process
  static List<Step> become(
      ProcessSpec process, List<Fd> stdio, Optional<Fd> keep, Optional<Fd> init) {
    return Stream.of(
            descriptors(stdio, keep, init),
            workingDirectory(process),
            limits(process),
            identity(process),
            exec(process, firstClosed(keep, init), init.isPresent()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> descriptors(List<Fd> stdio, Optional<Fd> keep, Optional<Fd> init) {
    var steps = new ArrayList<Step>();
    List<String> names = List.of("its input", "its output", "its errors");
    for (int i = 0; i < stdio.size(); i++) {
      steps.add(dup(stdio.get(i), i).because(names.get(i)));
    }
    init.ifPresent(fd -> steps.add(dupCloexec(fd, INIT).because("its parent, found by number")));
    keep.ifPresent(
        fd -> steps.add(dup(fd, KEPT_TERMINAL).because("the terminal outlives an engine")));
    return steps;
  }

  // RLIMIT_NOFILE stops every open(2) while the engine's descriptors are there, so this is the last
  // that opens a file; it still has the privilege to raise a limit.
  private static List<Step> limits(ProcessSpec process) {
    var steps = new ArrayList<Step>();
    process
        .oomScoreAdj()
        .ifPresent(
            score -> {
              steps.add(openForWriting("/proc/self/oom_score_adj").because("its own score"));
              steps.add(writeToResult(Integer.toString(score)).because("who dies first"));
            });
    for (Rlimit limit : process.rlimits()) {
      var resource = new Arg.Flags(limit.number(), limit.constant());
      steps.add(prlimit(resource, limit.soft(), limit.hard()).because("its file asks for it"));
    }
    return steps;
  }

  private static List<Step> workingDirectory(ProcessSpec process) {
    return List.of(
        openPlaceFollowing(process.cwd()).because("no magic link leads out of the container"),
        fchdirToResult().because(CWD),
        umask(022).because("not the engine's"));
  }

  private static List<Step> identity(ProcessSpec process) {
    var steps = new ArrayList<Step>();
    if (!process.noNewPrivileges()) {
      // seccomp(2): without no_new_privs it takes CAP_SYS_ADMIN, which is about to go.
      steps.addAll(filter(process));
    }
    DROPS.forEach(
        (capability, drop) -> {
          if (!process.capabilities().contains(capability)) {
            steps.add(drop);
          }
        });
    steps.add(setgroups(process.groups()).because("none of the engine's groups"));
    steps.add(setgid(process.gid()).because("its group"));
    steps.add(setuid(process.uid()).because("its user"));
    // capabilities(7): leaving uid 0 has cleared the sets, and without ambient ones exec keeps
    // none.
    long mask = Capability.mask(process.uid() == 0 ? process.capabilities() : NONE);
    steps.add(capset(mask, mask, 0).because("nothing beyond these, nothing inheritable"));
    if (process.noNewPrivileges()) {
      steps.add(noNewPrivs().because("its file asks for it"));
      steps.addAll(filter(process));
    }
    return steps;
  }

  private static List<Step> filter(ProcessSpec process) {
    return switch (process.seccomp()) {
      case Seccomp.Unconfined() -> List.of();
      case Seccomp.Own(SeccompProfile profile) ->
          List.of(
              seccomp(SeccompFilter.of(Arch.current(), process.capabilities(), profile))
                  .because("its file asks for this filter"));
      case Seccomp.Usual() ->
          List.of(
              seccomp(SeccompFilter.of(Arch.current(), process.capabilities()))
                  .because("the kernel's rarer doors stay shut"));
    };
  }

  private static int firstClosed(Optional<Fd> keep, Optional<Fd> init) {
    if (keep.isPresent()) {
      return KEPT_TERMINAL + 1;
    }
    return init.isPresent() ? INIT + 1 : INIT;
  }

  private static List<Step> exec(ProcessSpec process, int firstClosed, boolean init) {
    var steps = new ArrayList<Step>();
    steps.add(closeFrom(firstClosed).because("no descriptor of the engine leaks"));
    if (!init) {
      // Init takes signals by waiting for them: one that came before it waits would be lost.
      steps.add(unblockSignals().because("clone was made with all signals blocked"));
    }
    steps.add(init ? execInit(process) : execItself(process));
    return steps;
  }

  private static Step execItself(ProcessSpec process) {
    return execve(process.path(), process.args(), process.env()).because("become the service");
  }

  private static Step execInit(ProcessSpec process) {
    var argv = new ArrayList<>(List.of(Init.NAME, process.path()));
    argv.addAll(process.args());
    return execFd(INIT, argv, process.env()).because("become init, which starts the service");
  }
}
