package dev.davit.cgroup;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the cgroup file systems are mounted.
///
/// @param unified the v2 mount; beside v1 controllers it has none of its own
/// @param controllers the v1 mounts that Davit uses, by controller or `name=systemd`; empty on v2
record Hierarchies(@Nullable Path unified, Map<String, Path> controllers) {
  private static final Set<String> USED =
      Set.of("memory", "cpu", "cpuacct", "cpuset", "pids", "freezer", "devices", "blkio");
  private static final String SYSTEMD = "name=systemd";

  /// Reads the text of /proc/self/mountinfo, proc_pid_mountinfo(5).
  static Hierarchies parse(String mountinfo) {
    Path unified = null;
    var controllers = new LinkedHashMap<String, Path>();
    for (String line : mountinfo.lines().toList()) {
      String[] halves = line.split(" - ", 2);
      String[] mount = halves[0].split(" ", -1);
      String[] type = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
      if (mount.length < 5 || type.length < 3) {
        continue;
      }
      Path target = Path.of(unescape(mount[4]));
      if (type[0].equals("cgroup2") && unified == null) {
        unified = target;
      } else if (type[0].equals("cgroup")) {
        for (String option : type[2].split(",", -1)) {
          if (USED.contains(option) || option.equals(SYSTEMD)) {
            controllers.putIfAbsent(option, target);
          }
        }
      }
    }
    return of(unified, controllers);
  }

  private static Hierarchies of(@Nullable Path unified, Map<String, Path> controllers) {
    if (unified != null && controllers.keySet().equals(Set.of(SYSTEMD))) {
      return new Hierarchies(unified, Map.of());
    }
    if (unified == null && controllers.isEmpty()) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "no cgroup file system is mounted",
          "mount -t cgroup2 cgroup2 /sys/fs/cgroup");
    }
    if (unified != null) {
      controllers.remove("freezer"); // v2 has its own, with an event
    }
    return new Hierarchies(unified, controllers);
  }

  // Blanks and the like are three octal digits.
  private static String unescape(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  /// Whether the controllers are those of v2.
  boolean isUnified() {
    return controllers.isEmpty();
  }

  /// Every mount once.
  List<Path> roots() {
    var roots = new LinkedHashSet<>(controllers.values());
    if (unified != null) {
      roots.add(unified);
    }
    return List.copyOf(roots);
  }
}
