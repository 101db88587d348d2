package dev.davit.cgroup;

import java.util.List;

/// A container's cgroup: one directory on cgroup v2, one in each controller on v1.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class Cgroup {
  /// How a child gets in; the caller closes it.
  public Entry entry() {
    throw new UnsupportedOperationException();
  }

  /// Sets the limits that `limits` names and leaves the others as they are.
  public void update(Limits limits) {
    throw new UnsupportedOperationException(limits.toString());
  }

  /// Sends SIGKILL to every process in it and below it, those that fork meanwhile included.
  public void kill() {
    throw new UnsupportedOperationException();
  }

  /// Stops every process and returns when all have stopped.
  public void freeze() {
    throw new UnsupportedOperationException();
  }

  /// Lets frozen processes go on.
  public void thaw() {
    throw new UnsupportedOperationException();
  }

  /// The processes in it and below it, as numbers of this PID namespace.
  public List<Integer> pids() {
    throw new UnsupportedOperationException();
  }

  /// Whether a process is in it or below it.
  public boolean populated() {
    throw new UnsupportedOperationException();
  }

  /// How many of its processes the kernel has killed for want of memory.
  public long oomKills() {
    throw new UnsupportedOperationException();
  }

  public Usage usage() {
    throw new UnsupportedOperationException();
  }

  /// Removes it with what is below it; waits a little for processes that are just dying. It is no
  /// error if it is gone.
  public void remove() {
    throw new UnsupportedOperationException();
  }
}
