package dev.davit.compose;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a container may use; `deploy.resources` and the service's own attributes agree here.
///
/// @param memory bytes, at least 6 MiB
/// @param memorySwap bytes of memory and swap together; -1 without limit
/// @param memoryReservation bytes
/// @param cpus how many, 0.5 is half of one
/// @param cpuQuota microseconds of each period
/// @param cpuPeriod microseconds
/// @param cpuset `0-3,5`
/// @param pids -1 without limit
/// @param shmSize bytes of `/dev/shm`
/// @param swappiness how readily its memory is swapped, from 0 to 100
/// @param oomKillDisable whether it waits for memory instead of being killed
public record Limits(
    OptionalLong memory,
    OptionalLong memorySwap,
    OptionalLong memoryReservation,
    OptionalDouble cpus,
    OptionalLong cpuShares,
    OptionalLong cpuQuota,
    OptionalLong cpuPeriod,
    Optional<String> cpuset,
    OptionalLong pids,
    OptionalLong shmSize,
    OptionalInt oomScoreAdj,
    Map<String, Ulimit> ulimits,
    OptionalInt swappiness,
    boolean oomKillDisable,
    RealTime realTime,
    BlockIo blockIo) {

  /// Time for tasks with a real-time policy.
  ///
  /// @param period microseconds
  /// @param runtime microseconds of each period
  public record RealTime(OptionalLong period, OptionalLong runtime) {}

  /// One resource limit of setrlimit(2), by its name without `RLIMIT_` in lower case; -1 is
  /// infinity.
  public record Ulimit(long soft, long hard) {}
}
