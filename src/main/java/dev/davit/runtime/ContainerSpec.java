package dev.davit.runtime;

import java.util.List;
import java.util.Map;

/// What a container is to the kernel: the subset of the OCI runtime specification that Davit
/// honours, in that specification's words.
///
/// @param id names it in messages
/// @param hostname of its own UTS namespace; empty keeps the host's
/// @param domainname NIS domain name; empty keeps the host's
/// @param mounts in the order in which they are made
/// @param devices beside those that every container has
/// @param readonlyRootfs no writing outside mounts
/// @param maskedPaths files and directories that read as empty, below /proc or /sys
/// @param readonlyPaths below /proc or /sys
/// @param sysctls of its own namespaces: dotted name to value
/// @param shmSize bytes of /dev/shm; 0 where it is mounted from elsewhere or not wanted
/// @param init whether PID 1 is Davit's init, which reaps and forwards signals
/// @param writableSys whether /sys and its cgroup are mounted for writing
public record ContainerSpec(
    String id,
    ProcessSpec process,
    Namespaces namespaces,
    String hostname,
    String domainname,
    List<MountSpec> mounts,
    List<Device> devices,
    boolean readonlyRootfs,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    Map<String, String> sysctls,
    long shmSize,
    boolean init,
    boolean writableSys) {
  /// Docker's 64 MiB.
  public static final long DEFAULT_SHM_SIZE = 64L << 20;

  private static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");
  private static final List<String> READONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  public ContainerSpec {
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
    maskedPaths = List.copyOf(maskedPaths);
    readonlyPaths = List.copyOf(readonlyPaths);
    sysctls = Map.copyOf(sysctls);
  }

  /// A container with namespaces of its own and nothing beside what every container has.
  public static ContainerSpec of(String id, ProcessSpec process) {
    return new ContainerSpec(
        id,
        process,
        Namespaces.own(),
        id,
        "",
        List.of(),
        List.of(),
        false,
        MASKED,
        READONLY,
        Map.of(),
        DEFAULT_SHM_SIZE,
        false,
        false);
  }

  /// The paths that docker hides from containers.
  public static List<String> defaultMaskedPaths() {
    return MASKED;
  }

  /// The paths that docker lets containers read only.
  public static List<String> defaultReadonlyPaths() {
    return READONLY;
  }
}
