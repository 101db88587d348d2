package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.Set;

/// Where nothing may be mounted, since it would hide the kernel's own file systems; pure.
final class Targets {
  // As runc has them (checkProcMount): files that lxcfs and others replace.
  private static final Set<String> IN_PROC =
      Set.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/meminfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime",
          "/proc/loadavg",
          "/proc/slabinfo",
          "/proc/net/dev",
          "/proc/sys/kernel/ns_last_pid",
          "/proc/sys/crypto/fips_enabled");

  private Targets() {}

  /// INVALID if the place `target`, absolute and clean, may not have a mount from `source`.
  static void check(String target, String source) {
    if (target.equals("/")) {
      throw refused(target, "is the root of the container", "mount at a directory below it");
    }
    if (target.equals("/proc") || (target.startsWith("/proc/") && !IN_PROC.contains(target))) {
      throw refused(
          target,
          "would hide what the kernel tells in /proc",
          "mount elsewhere, or read it with pid: host");
    }
    for (String kernels : List.of("/dev", "/sys")) {
      // The host's own is one as well; anything else lacks what programs look for there.
      if (target.equals(kernels) && !source.equals(kernels)) {
        throw refused(target, "would hide the container's " + kernels, "mount at a place below it");
      }
    }
  }

  private static DavitException refused(String target, String why, String action) {
    return new DavitException(
        Kind.INVALID, "mount target \"%s\" %s".formatted(target, why), action);
  }
}
