package dev.davit.cgroup;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Writes limits and says in their words what the kernel has against them.
final class LimitWriter {
  private LimitWriter() {}

  /// @param directory where the files of a controller are
  static void write(List<Write> writes, Function<String, Path> directory) {
    var again = new ArrayList<Write>();
    for (Write write : writes) {
      try {
        one(write, directory);
      } catch (SyscallException e) {
        if (e.errno() != Errno.EINVAL) {
          throw explained(write, e).about(culprit(write));
        }
        again.add(write);
      }
    }
    // On v1 memory may never be more than memory and swap: raising both needs the second first.
    for (Write write : again) {
      try {
        one(write, directory);
      } catch (SyscallException e) {
        throw explained(write, e).about(culprit(write));
      }
    }
  }

  private static Culprit culprit(Write write) {
    return new Culprit(
        Part.LIMIT,
        switch (write.file()) {
          case "memory.max", "memory.limit_in_bytes" -> "memory";
          case "memory.swap.max", "memory.memsw.limit_in_bytes" -> "memorySwap";
          case "memory.low", "memory.soft_limit_in_bytes" -> "memoryReservation";
          case "cpu.weight", "cpu.shares" -> "cpuShares";
          case "cpu.max", "cpu.cfs_quota_us" -> "nanoCpus";
          case "cpu.cfs_period_us" -> "cpuPeriod";
          case "cpuset.cpus" -> "cpusetCpus";
          case "cpuset.mems" -> "cpusetMems";
          case "pids.max" -> "pids";
          case "memory.swappiness" -> "swappiness";
          case "memory.oom_control" -> "oomKillDisable";
          case "cpu.rt_period_us" -> "realTimePeriod";
          case "cpu.rt_runtime_us" -> "realTimeRuntime";
          case String file when file.startsWith("blkio.") || file.startsWith("io.") -> "blockIo";
          default -> "";
        });
  }

  private static void one(Write write, Function<String, Path> directory) {
    boolean written =
        CgroupFile.of(directory.apply(write.controller()), write.file())
            .writeIfThere(write.value());
    if (!written && !write.optional()) {
      throw new DavitException(
              Kind.UNSUPPORTED,
              "limit \"%s\": the kernel has no \"%s\" controller here"
                  .formatted(write.file(), write.controller()),
              "leave the limit out or enable the controller (kernel command line: cgroup_enable="
                  + write.controller()
                  + ")")
          .about(culprit(write));
    }
  }

  private static DavitException explained(Write write, SyscallException e) {
    return switch (e.errno()) {
      case EINVAL, ERANGE, ENOSPC, EACCES, ENODEV ->
          new DavitException(
              Kind.INVALID,
              "\"%s\" for %s: %s".formatted(write.value(), write.file(), e.getMessage()),
              "write what this machine has (nproc, free)",
              e);
      case EBUSY ->
          new DavitException(
              Kind.CONFLICT,
              "\"%s\" for %s: more than that is in use".formatted(write.value(), write.file()),
              "stop the container first or write more",
              e);
      default -> e;
    };
  }
}
