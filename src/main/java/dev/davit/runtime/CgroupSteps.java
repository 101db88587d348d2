package dev.davit.runtime;

import static dev.davit.linux.MountFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.linux.MountFlag;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.List;

/// /sys/fs/cgroup where the host has cgroup v1: a directory a controller. The JVM and others size
/// themselves by what they read there.
final class CgroupSteps {
  /// Where it lies in sysfs.
  static final String PLACE = "fs/cgroup";

  private CgroupSteps() {}

  /// @param controllers as mount(8) options: `memory`, `cpu,cpuacct`
  /// @param flags of each mount; the child stands in a sysfs that nobody else sees, so names are
  ///   safe
  static List<Step> version1(List<String> controllers, MountFlag... flags) {
    var steps = new ArrayList<Step>();
    if (controllers.isEmpty()) {
      return steps;
    }
    steps.add(mount("tmpfs", PLACE, "mode=755", NOSUID, NODEV, NOEXEC).because("room for them"));
    for (String controller : controllers) {
      steps.add(mkdir(PLACE + "/" + controller).because("a mount point"));
      steps.add(
          mount("cgroup", PLACE + "/" + controller, controller, flags)
              .because("programs look for their limits here"));
    }
    if (List.of(flags).contains(RDONLY)) {
      steps.add(
          change(PLACE, BIND, REMOUNT, RDONLY, NOSUID, NODEV, NOEXEC)
              .because("nobody fills the memory with it"));
    }
    return steps;
  }
}
