package dev.davit.cgroup;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a container may use, in the words and units of the Docker Engine API; null is "no limit of
/// its own". Values that cannot be are refused with `INVALID`.
///
/// @param memory bytes
/// @param memorySwap memory and swap together in bytes, -1 without limit; unset is twice `memory`
/// @param memoryReservation bytes that reclaim leaves alone where it can
/// @param nanoCpus CPUs in units of 10⁻⁹
/// @param cpuShares relative weight, 2 to 262144, 1024 being usual
/// @param cpuQuota microseconds in each period, -1 without limit
/// @param cpuPeriod microseconds, 100000 unless given
/// @param cpusetCpus CPUs as a list, `0-2,5`
/// @param cpusetMems memory nodes as a list
/// @param pids processes and threads, -1 without limit
/// @param swappiness how readily its memory is swapped, 0 to 100; cgroup v1 only
/// @param oomKillDisable wait for memory instead of being killed; cgroup v1 only
/// @param realTimePeriod microseconds; cgroup v1 only, as the runtime
/// @param realTimeRuntime microseconds of each period for tasks of a real-time policy
public record Limits(
    @Nullable Long memory,
    @Nullable Long memorySwap,
    @Nullable Long memoryReservation,
    @Nullable Long nanoCpus,
    @Nullable Long cpuShares,
    @Nullable Long cpuQuota,
    @Nullable Long cpuPeriod,
    @Nullable String cpusetCpus,
    @Nullable String cpusetMems,
    @Nullable Long pids,
    @Nullable Long swappiness,
    boolean oomKillDisable,
    @Nullable Long realTimePeriod,
    @Nullable Long realTimeRuntime,
    BlockIo blockIo) {

  private static final long MIN_MEMORY = 6 << 20;
  // The components by what messages call them.
  private static final Map<String, String> NAMES =
      Map.of(
          "memory and swap", "memorySwap",
          "memory reservation", "memoryReservation",
          "cpus", "nanoCpus",
          "cpu shares", "cpuShares",
          "cpu period", "cpuPeriod",
          "cpu quota", "cpuQuota");

  public Limits {
    check(memory == null || memory >= MIN_MEMORY, "memory", memory, "6 MiB is the minimum");
    if (memorySwap != null && memorySwap != -1) {
      check(memory != null, "memory and swap", memorySwap, "set the memory limit too");
      check(
          memory == null || memorySwap >= memory,
          "memory and swap",
          memorySwap,
          "it includes the memory and cannot be less than \"" + memory + "\"");
    }
    check(
        memory == null || memoryReservation == null || memoryReservation <= memory,
        "memory reservation",
        memoryReservation,
        "it cannot be more than the memory limit");
    check(nanoCpus == null || nanoCpus >= 10_000_000, "cpus", nanoCpus, "0.01 is the minimum");
    check(
        nanoCpus == null || (cpuQuota == null && cpuPeriod == null),
        "cpus",
        nanoCpus,
        "cpus and cpu quota or period exclude each other");
    check(cpuShares == null || cpuShares >= 0, "cpu shares", cpuShares, "write 2 to 262144");
    check(
        cpuPeriod == null || (cpuPeriod >= 1_000 && cpuPeriod <= 1_000_000),
        "cpu period",
        cpuPeriod,
        "write 1000 to 1000000 microseconds");
    check(
        cpuQuota == null || cpuQuota == -1 || cpuQuota >= 1_000,
        "cpu quota",
        cpuQuota,
        "1000 microseconds is the minimum");
  }

  private static void check(boolean right, String what, @Nullable Object value, String action) {
    if (!right) {
      throw new DavitException(Kind.INVALID, "%s limit \"%s\"".formatted(what, value), action)
          .about(new Culprit(Part.LIMIT, NAMES.getOrDefault(what, what)));
    }
  }

  /// The same with another share of block devices.
  public Limits withBlockIo(BlockIo share) {
    return new Limits(
        memory,
        memorySwap,
        memoryReservation,
        nanoCpus,
        cpuShares,
        cpuQuota,
        cpuPeriod,
        cpusetCpus,
        cpusetMems,
        pids,
        swappiness,
        oomKillDisable,
        realTimePeriod,
        realTimeRuntime,
        share);
  }

  /// The same with another limit of processes and threads, -1 without limit.
  public Limits withPids(long pids) {
    return with(builder().pids(pids).build());
  }

  /// The same, but with those of `other` that it has.
  public Limits with(Limits other) {
    return new Limits(
        or(other.memory, memory),
        or(other.memorySwap, memorySwap),
        or(other.memoryReservation, memoryReservation),
        or(other.nanoCpus, nanoCpus),
        or(other.cpuShares, cpuShares),
        or(other.cpuQuota, cpuQuota),
        or(other.cpuPeriod, cpuPeriod),
        or(other.cpusetCpus, cpusetCpus),
        or(other.cpusetMems, cpusetMems),
        or(other.pids, pids),
        or(other.swappiness, swappiness),
        oomKillDisable || other.oomKillDisable,
        or(other.realTimePeriod, realTimePeriod),
        or(other.realTimeRuntime, realTimeRuntime),
        blockIo);
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  /// No limit at all.
  public static Limits none() {
    return new Builder().build();
  }

  /// Limits to be filled in; what is not set is not limited.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects the components of [Limits]; null takes a limit away.
  public static final class Builder {
    private @Nullable Long memory;
    private @Nullable Long memorySwap;
    private @Nullable Long memoryReservation;
    private @Nullable Long nanoCpus;
    private @Nullable Long cpuShares;
    private @Nullable Long cpuQuota;
    private @Nullable Long cpuPeriod;
    private @Nullable String cpusetCpus;
    private @Nullable String cpusetMems;
    private @Nullable Long pids;
    private @Nullable Long swappiness;
    private boolean oomKillDisable;
    private @Nullable Long realTimePeriod;
    private @Nullable Long realTimeRuntime;
    private BlockIo blockIo = BlockIo.NONE;

    private Builder() {}

    public Builder memory(@Nullable Long bytes) {
      memory = bytes;
      return this;
    }

    public Builder memorySwap(@Nullable Long bytes) {
      memorySwap = bytes;
      return this;
    }

    public Builder memoryReservation(@Nullable Long bytes) {
      memoryReservation = bytes;
      return this;
    }

    public Builder nanoCpus(@Nullable Long value) {
      nanoCpus = value;
      return this;
    }

    public Builder cpuShares(@Nullable Long value) {
      cpuShares = value;
      return this;
    }

    public Builder cpuQuota(@Nullable Long microseconds) {
      cpuQuota = microseconds;
      return this;
    }

    public Builder cpuPeriod(@Nullable Long microseconds) {
      cpuPeriod = microseconds;
      return this;
    }

    public Builder cpusetCpus(@Nullable String list) {
      cpusetCpus = list;
      return this;
    }

    public Builder cpusetMems(@Nullable String list) {
      cpusetMems = list;
      return this;
    }

    public Builder pids(@Nullable Long value) {
      pids = value;
      return this;
    }

    public Builder swappiness(@Nullable Long percent) {
      swappiness = percent;
      return this;
    }

    public Builder oomKillDisable(boolean disable) {
      oomKillDisable = disable;
      return this;
    }

    public Builder realTime(@Nullable Long period, @Nullable Long runtime) {
      realTimePeriod = period;
      realTimeRuntime = runtime;
      return this;
    }

    public Builder blockIo(BlockIo share) {
      blockIo = share;
      return this;
    }

    public Limits build() {
      return new Limits(
          memory,
          memorySwap,
          memoryReservation,
          nanoCpus,
          cpuShares,
          cpuQuota,
          cpuPeriod,
          cpusetCpus,
          cpusetMems,
          pids,
          swappiness,
          oomKillDisable,
          realTimePeriod,
          realTimeRuntime,
          blockIo);
    }
  }
}
