package dev.davit.cgroup;

import dev.davit.linux.Fd;
import java.util.List;

/// How a new process gets into a cgroup. The descriptors are close-on-exec and the caller's to
/// close.
public sealed interface Entry extends AutoCloseable {
  /// cgroup v2: clone3(2) with `CLONE_INTO_CGROUP` and this directory.
  record Into(Fd directory) implements Entry {
    @Override
    public void close() {
      directory.close();
    }
  }

  /// cgroup v1: the child writes "0" to each of these `cgroup.procs` before anything else.
  record Join(List<Fd> procs) implements Entry {
    public Join {
      procs = List.copyOf(procs);
    }

    @Override
    public void close() {
      procs.forEach(Fd::close);
    }
  }

  @Override
  void close();
}
