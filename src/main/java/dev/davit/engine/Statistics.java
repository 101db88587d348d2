package dev.davit.engine;

import java.time.Duration;
import java.util.List;

/// What running containers use, as the kernel counts it, and their processes.
public interface Statistics {
  /// What `container` has used until now; all zero if it does not run.
  Sample sample(String container);

  /// Its processes, oldest first; WRONG_STATE if it does not run.
  List<ProcessState> processes(String container);

  /// @param nanos when it was taken, by a clock that only goes forward
  /// @param cpuNanos CPU time of all processes so far
  /// @param memory bytes without the files in memory that nobody has used lately
  /// @param memoryLimit bytes; the machine's memory where the container has no limit
  /// @param received bytes from its networks
  /// @param sent bytes to its networks
  /// @param read bytes from block devices
  /// @param written bytes to block devices
  /// @param pids processes and threads
  record Sample(
      long nanos,
      long cpuNanos,
      long memory,
      long memoryLimit,
      long received,
      long sent,
      long read,
      long written,
      long pids) {
    /// Of a container that does not run.
    public static final Sample NONE = new Sample(System.nanoTime(), 0, 0, 0, 0, 0, 0, 0, 0);

    /// CPUs in use between `before` and this one, 1 for one that did nothing else.
    public double cpus(Sample before) {
      long passed = nanos - before.nanos();
      return passed <= 0 ? 0 : Math.max(0, (double) (cpuNanos - before.cpuNanos()) / passed);
    }
  }

  /// One process, as ps(1) of the host sees it.
  ///
  /// @param user the host's name for its user id, else the id
  /// @param age since its start
  /// @param cpu CPU time so far
  /// @param terminal `pts/0`, or `?`
  /// @param state one letter, as in proc(5)
  /// @param resident bytes in memory
  record ProcessState(
      String user,
      int uid,
      int pid,
      int parent,
      Duration age,
      Duration cpu,
      String terminal,
      String state,
      long resident,
      String name,
      String commandLine) {}
}
