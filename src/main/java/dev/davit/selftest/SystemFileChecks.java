package dev.davit.selftest;

import dev.davit.linux.Errno;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Whether what /proc and /sys tell of the machine is hidden, and what they change of it is locked.
final class SystemFileChecks {
  private static final int NULL_DEVICE = 0x103;
  // statfs(2)
  private static final long CGROUP2 = 0x63677270;

  // Docker's lists, of which a machine has some.
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

  private static final List<String> LOCKED =
      List.of(
          "/proc/sysrq-trigger",
          "/proc/sys/kernel/core_pattern",
          "/proc/sys/kernel/modprobe",
          "/proc/sys/vm/panic_on_oom",
          "/proc/sys/fs/binfmt_misc/register",
          "/proc/irq/default_smp_affinity",
          "/sys/kernel/uevent_helper",
          "/sys/power/state",
          "/sys/fs/cgroup/cgroup.procs",
          "/sys/fs/cgroup/memory/cgroup.procs",
          "/sys/fs/cgroup/memory/release_agent");

  private SystemFileChecks() {}

  static List<Check> all() {
    return List.of(masked(), locked(), cgroups());
  }

  private static Check masked() {
    var look = new Look(new Probe());
    return Check.inside(
        "what /proc and /sys tell of the machine is hidden",
        "A container reads the machine's memory, keys or timers.",
        look.probe(),
        seen -> Verdict.of(look.visible(seen)));
  }

  /// Looks at each masked path.
  static final class Look {
    private final Probe probe;
    private final TreeMap<String, Integer> rows = new TreeMap<>();

    /// @param probe to which the calls are added
    Look(Probe probe) {
      this.probe = probe;
      for (String path : MASKED) {
        rows.put(path, probe.stat(path));
        probe.open(path, Open.RDONLY | Open.DIRECTORY);
        probe.names(512);
      }
    }

    Probe probe() {
      return probe;
    }

    /// Those that are neither missing nor empty: a null device or an empty directory is.
    List<String> visible(Seen seen) {
      var visible = new ArrayList<String>();
      rows.forEach(
          (path, stat) -> {
            if (!seen.failed(stat)) {
              FileStatus file = seen.file(stat);
              boolean isNull = file.type() == FileStatus.CHARACTER && file.device() == NULL_DEVICE;
              boolean isEmpty =
                  file.type() == FileStatus.DIRECTORY && seen.names(stat + 2).isEmpty();
              if (!isNull && !isEmpty) {
                visible.add(path + " is visible");
              }
            }
          });
      return visible;
    }
  }

  private static Check locked() {
    var probe = new Probe();
    LOCKED.forEach(path -> probe.open(path, Open.WRONLY));
    int system = probe.call(Syscall.STATFS, "/sys/fs/cgroup", new Value.Room(120));
    int made = make(probe, "");
    int inMemory = make(probe, "memory/");
    int inPids = make(probe, "pids/");
    return Check.inside(
        "what /proc and /sys change of the machine is locked",
        "A container changes settings of the machine's kernel, or runs programs outside by them.",
        probe,
        seen -> {
          var wrong = new ArrayList<String>();
          for (int i = 0; i < LOCKED.size(); i++) {
            if (!seen.failed(i)) {
              wrong.add(LOCKED.get(i) + " can be opened to write");
            }
          }
          // With cgroup v1 the root is no cgroup.
          boolean unified = seen.room(system).getLong(0) == CGROUP2;
          if ((unified && !seen.failed(made)) || !seen.failed(inMemory) || !seen.failed(inPids)) {
            wrong.add("a cgroup can be made");
          }
          return Verdict.of(wrong);
        });
  }

  private static int make(Probe probe, String parent) {
    return probe.call(Syscall.MKDIRAT, -100, "/sys/fs/cgroup/" + parent + "davit-selftest", 0755);
  }

  private static Check cgroups() {
    var probe = new Probe();
    probe.open("/proc/self/cgroup", Open.RDONLY);
    int own = probe.read(4096);
    int mount = probe.call(Syscall.MOUNT, "none", "/tmp", "cgroup2", 0, 0);
    return Check.inside(
        "a container sees its own cgroup as the root",
        "A container sees, and may change, the cgroups of others.",
        probe,
        seen -> {
          List<String> others =
              seen.text(own).lines().filter(line -> !line.endsWith(":/")).toList();
          return others.isEmpty() && !seen.text(own).isEmpty()
              ? Verdict.of(
                  seen.failed(mount, Errno.EPERM, Errno.ENOSYS), "it can mount the cgroups")
              : Verdict.failed("it is in " + String.join(", ", others));
        });
  }
}
