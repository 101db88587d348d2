package dev.davit.cgroup;

import dev.davit.linux.Fd;
import java.util.List;
import java.util.Optional;

/// How a new process gets into a cgroup. The descriptors are close-on-exec and the caller's to
/// close.
///
/// @param directory on the v2 hierarchy, for `CLONE_INTO_CGROUP` of clone3(2)
/// @param tasks on each v1 hierarchy, the `tasks` file: the child writes "0" to it before anything
///   else. Not `cgroup.procs`, which waits some 10 ms for all threads of the machine: a new child
///   is one thread.
public record Entry(Optional<Fd> directory, List<Fd> tasks) implements AutoCloseable {
  public Entry {
    tasks = List.copyOf(tasks);
  }

  /// The engine's own cgroup.
  public static Entry none() {
    return new Entry(Optional.empty(), List.of());
  }

  @Override
  public void close() {
    directory.ifPresent(Fd::close);
    tasks.forEach(Fd::close);
  }
}
