package dev.davit.program;

import static java.util.stream.Collectors.joining;

import dev.davit.linux.CloneFlag;
import dev.davit.linux.Fd;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// How the child is made: clone3(2) with the namespaces it gets and the cgroup it starts in.
///
/// @param namespaces the `NEW*` flags
/// @param cgroup a cgroup v2 directory for `CLONE_INTO_CGROUP`
public record Clone(Set<CloneFlag> namespaces, Optional<Fd> cgroup) {
  private static final int SIGCHLD = 17;

  public Clone {
    namespaces = Set.copyOf(namespaces);
  }

  /// A child in the caller's namespaces and cgroup.
  public static Clone plain() {
    return new Clone(Set.of(), Optional.empty());
  }

  /// The child borrows this process's memory until it has become another program (VM), its parent
  /// sleeps so long (VFORK), and a signal handler of the JVM must never run in it (CLEAR_SIGHAND).
  private EnumSet<CloneFlag> flags() {
    var flags = EnumSet.of(CloneFlag.VM, CloneFlag.VFORK, CloneFlag.PIDFD, CloneFlag.CLEAR_SIGHAND);
    flags.addAll(namespaces);
    if (cgroup.isPresent()) {
      flags.add(CloneFlag.INTO_CGROUP);
    }
    return flags;
  }

  /// The eleven words of struct clone_args.
  long[] args(long pidfdAddress) {
    long bits = flags().stream().mapToLong(CloneFlag::bit).reduce(0, (a, b) -> a | b);
    long group = cgroup.map(Fd::number).orElse(0);
    return new long[] {bits, pidfdAddress, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, group};
  }

  /// As strace prints clone3.
  public String print() {
    String names = flags().stream().map(flag -> "CLONE_" + flag).collect(joining("|"));
    String group = cgroup.map(fd -> ", cgroup=" + fd).orElse("");
    return "clone3({flags=" + names + ", exit_signal=SIGCHLD" + group + "}, 88)";
  }
}
