package dev.davit.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What running containers use, as the kernel counts it, and their processes.
public interface Statistics {
  /// What `container` has used until now; all zero if it does not run.
  Sample sample(String container);

  /// Its processes, oldest first; WRONG_STATE if it does not run.
  List<ProcessState> processes(String container);

  /// What the machine has of what containers share, and how much is taken.
  List<Stock> machine();

  /// The container that holds most of `kind`; empty where none holds any. Of the disk that takes as
  /// long as to look at every file that containers have written.
  Optional<Holding> most(Stock.Kind kind);

  /// Running containers that have as many processes as they may, with that number.
  List<Holding> full();

  /// @param amount in the unit of what is held
  record Holding(String container, long amount) {}

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
