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
import java.util.Set;
import java.util.stream.Stream;

/// The last part of every program: a child that stands in the right namespaces becomes the process.
/// What opens a file comes before its limits, what takes a privilege before that privilege goes.
final class ProcessSteps {
  /// Why the child enters its working directory.
  static final String CWD = "its working directory";

  private static final String OOM_SCORE = "/proc/self/oom_score_adj";

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

  /// What is told to the kernel through /proc. It comes first, while /proc is the machine's: what
  /// lies there in a container may be anything.
  static List<Step> beforehand(ProcessSpec process) {
    var steps = new ArrayList<Step>();
    for (ExecAttribute attribute : process.confinement()) {
      steps.add(openForWriting(attribute.file()).because("/proc is still the machine's"));
      steps.add(writeToResult(attribute.value()).because("confined from execve on, not before"));
    }
    process
        .oomScoreAdj()
        .ifPresent(
            score -> {
              steps.add(openForWriting(OOM_SCORE).because("/proc is still the machine's"));
              steps.add(writeToResult(Integer.toString(score)).because("who dies first"));
            });
    return steps;
  }

  /// @param stdio in, out, err
  static List<Step> become(ProcessSpec process, List<Fd> stdio, Trampoline trampoline) {
    return Stream.of(
            descriptors(stdio, trampoline),
            workingDirectory(process),
            limits(process),
            identity(process),
            exec(process, trampoline))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> descriptors(List<Fd> stdio, Trampoline trampoline) {
    var steps = new ArrayList<Step>();
    List<String> names = List.of("its input", "its output", "its errors");
    for (int i = 0; i < stdio.size(); i++) {
      steps.add(dup(stdio.get(i), i).because(names.get(i)));
    }
    steps.add(dupCloexec(trampoline.code(), Trampoline.CODE).because("what it becomes, by number"));
    trampoline
        .kept()
        .ifPresent(fd -> steps.add(dup(fd, Trampoline.KEPT).because(trampoline.why())));
    return steps;
  }

  // RLIMIT_NOFILE stops every open(2) while the engine's descriptors are there, so no file is
  // opened
  // after this; it still has the privilege to raise a limit.
  private static List<Step> limits(ProcessSpec process) {
    var steps = new ArrayList<Step>();
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

  private static List<Step> exec(ProcessSpec process, Trampoline trampoline) {
    var steps = new ArrayList<Step>();
    steps.add(closeFrom(trampoline.firstClosed()).because("no descriptor of the engine leaks"));
    if (!trampoline.waitsForSignals()) {
      steps.add(unblockSignals().because("clone was made with all signals blocked"));
    }
    var argv = new ArrayList<>(List.of(trampoline.name(), process.path()));
    argv.addAll(process.args());
    // proc(5): whoever opens /proc/PID/exe now gets a sealed memfd, not the engine's java.
    steps.add(
        execFd(Trampoline.CODE, argv, process.env())
            .because("no file of the host is its /proc/self/exe when it becomes the program"));
    return steps;
  }
}
