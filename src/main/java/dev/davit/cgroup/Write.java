package dev.davit.cgroup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value for one file of a cgroup.
///
/// @param file named after its controller, `memory.max`
/// @param optional whether a kernel without that file does no harm
record Write(String file, String value, boolean optional) {
  private static final long DEFAULT_PERIOD = 100_000;

  /// The controller that the file belongs to.
  String controller() {
    return file.substring(0, file.indexOf('.'));
  }

  /// What `limits` means on cgroup v2, converted as runc does.
  static List<Write> unified(Limits limits) {
    var writes = new Collector();
    Long memory = limits.memory();
    writes.add("memory.max", memory);
    writes.addOptional("memory.swap.max", unifiedSwap(memory, limits.memorySwap()));
    writes.add("memory.low", limits.memoryReservation());
    writes.add("cpu.weight", weight(limits.cpuShares()));
    Long quota = quota(limits);
    Long period = limits.cpuPeriod();
    if (quota != null || period != null) {
      String max = quota == null || quota < 0 ? "max" : quota.toString();
      writes.add("cpu.max", max + " " + (period == null ? DEFAULT_PERIOD : period));
    }
    writes.add("cpuset.cpus", limits.cpusetCpus());
    writes.add("cpuset.mems", limits.cpusetMems());
    writes.add("pids.max", pids(limits.pids()));
    BlockIoWrites.unified(limits.blockIo()).forEach(writes.list::add);
    return writes.list;
  }

  /// What `limits` means on cgroup v1.
  static List<Write> controllers(Limits limits) {
    var writes = new Collector();
    Long memory = limits.memory();
    Long swap = limits.memorySwap();
    writes.add("memory.limit_in_bytes", memory);
    writes.addOptional(
        "memory.memsw.limit_in_bytes", swap == null && memory != null ? twice(memory) : swap);
    writes.add("memory.soft_limit_in_bytes", limits.memoryReservation());
    writes.add("cpu.shares", limits.cpuShares());
    Long quota = quota(limits);
    writes.add(
        "cpu.cfs_period_us",
        limits.nanoCpus() != null ? (Long) DEFAULT_PERIOD : limits.cpuPeriod());
    writes.add("cpu.cfs_quota_us", quota);
    writes.add("cpuset.cpus", limits.cpusetCpus());
    writes.add("cpuset.mems", limits.cpusetMems());
    writes.add("pids.max", pids(limits.pids()));
    writes.add("memory.swappiness", limits.swappiness());
    writes.add("memory.oom_control", limits.oomKillDisable() ? "1" : null);
    writes.addOptional("cpu.rt_period_us", limits.realTimePeriod());
    writes.addOptional("cpu.rt_runtime_us", limits.realTimeRuntime());
    BlockIoWrites.controllers(limits.blockIo()).forEach(writes.list::add);
    return writes.list;
  }

  // v2 counts swap alone, docker memory and swap together.
  private static @Nullable Object unifiedSwap(@Nullable Long memory, @Nullable Long both) {
    if (both == null) {
      return memory;
    }
    return both < 0 || memory == null ? "max" : (Long) (both - memory);
  }

  private static Long twice(Long memory) {
    return memory > Long.MAX_VALUE / 2 ? (Long) Long.MAX_VALUE : (Long) (2 * memory);
  }

  private static @Nullable Long quota(Limits limits) {
    Long nano = limits.nanoCpus();
    return nano == null ? limits.cpuQuota() : (Long) (nano * DEFAULT_PERIOD / 1_000_000_000);
  }

  private static @Nullable String pids(@Nullable Long pids) {
    return pids == null ? null : pids <= 0 ? "max" : pids.toString();
  }

  // github.com/opencontainers/cgroups, ConvertCPUSharesToCgroupV2Value: a quadratic in the
  // logarithms which takes 2 to 1, 1024 to 100 and 262144 to 10000.
  private static @Nullable Long weight(@Nullable Long shares) {
    if (shares == null || shares == 0) {
      return null;
    }
    double log = Math.log(Math.clamp(shares.doubleValue(), 2, 262_144)) / Math.log(2);
    double exponent = (log * log + 125 * log) / 612 - 7.0 / 34;
    // Rounded first: 10 to the power of 2.0000000000000004 is still 100.
    return (long) Math.ceil(Math.rint(Math.pow(10, exponent) * 1e6) / 1e6);
  }

  private static final class Collector {
    private final List<Write> list = new ArrayList<>();

    void add(String file, @Nullable Object value) {
      if (value != null) {
        list.add(new Write(file, value.toString(), false));
      }
    }

    void addOptional(String file, @Nullable Object value) {
      if (value != null) {
        list.add(new Write(file, value.toString(), true));
      }
    }
  }
}
