package dev.davit.runtime;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the engine has opened for a program: descriptors, which the child inherits.
///
/// @param rootfs a detached mount of the root file system
/// @param staging a directory of the host where the child attaches it, in its own mount namespace
/// @param namespaces by the type's file name in /proc/PID/ns, those to be joined
/// @param trees a detached copy of each bind mount's source, in the order of the specification
/// @param held a detached file system of [HeldFiles]
/// @param stdio in, out and err
/// @param terminal the terminal that stdio is, if it is one
/// @param trampoline what the child becomes first
/// @param cgroup1 the cgroup v1 controllers that the container shall see, none on v2
/// @param masked what of the specification's masked paths there is
/// @param mountSetattr whether the kernel has mount_setattr(2), 5.12
record Opened(
    Fd rootfs,
    String staging,
    Entry entry,
    Map<String, Fd> namespaces,
    List<Tree> trees,
    Fd held,
    List<Fd> stdio,
    Optional<Pty> terminal,
    Trampoline trampoline,
    List<String> cgroup1,
    List<Masked> masked,
    boolean mountSetattr) {
  /// @param file whether it is mounted over a file, not a directory
  record Tree(Fd fd, boolean file) {}

  Opened {
    namespaces = Map.copyOf(namespaces);
    trees = List.copyOf(trees);
    stdio = List.copyOf(stdio);
    cgroup1 = List.copyOf(cgroup1);
    masked = List.copyOf(masked);
  }

  boolean cgroup2() {
    return entry.tasks().isEmpty();
  }
}
