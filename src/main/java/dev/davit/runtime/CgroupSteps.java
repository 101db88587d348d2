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
  private CgroupSteps() {}

  /// @param controllers as mount(8) options: `memory`, `cpu,cpuacct`
  /// @param flags of each mount; the child stands in the root file system before and after
  static List<Step> version1(List<String> controllers, MountFlag... flags) {
    var steps = new ArrayList<Step>();
    if (controllers.isEmpty()) {
      return steps;
    }
    String root = "sys/fs/cgroup";
    // Below a sysfs that was mounted a moment ago, so names are safe.
    steps.add(mount("tmpfs", root, "mode=755", NOSUID, NODEV, NOEXEC).because("room for them"));
    for (String controller : controllers) {
      steps.add(mkdir(root + "/" + controller).because("a mount point"));
      steps.add(
          mount("cgroup", root + "/" + controller, controller, flags)
              .because("programs look for their limits here"));
    }
    return steps;
  }
}
