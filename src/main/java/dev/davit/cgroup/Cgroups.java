package dev.davit.cgroup;

import java.util.List;

/// The cgroup hierarchies of this machine: v2, v1, or v1 with an empty v2 beside it.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class Cgroups {
  /// Reads /proc/self/mountinfo; `UNSUPPORTED` where no cgroup file system is mounted.
  public static Cgroups detect() {
    return new Cgroups();
  }

  /// Makes the cgroup with docker's default device rules.
  ///
  /// @param path relative to the root of the hierarchies, `davit/<container id>`
  public Cgroup create(String path, Limits limits) {
    return create(path, limits, DeviceRule.DEFAULTS);
  }

  /// Makes the cgroup; nothing is left of it when that fails.
  ///
  /// @param path relative to the root of the hierarchies, `davit/<container id>`
  /// @param devices all that its processes may use
  public Cgroup create(String path, Limits limits, List<DeviceRule> devices) {
    throw new UnsupportedOperationException(path + limits + devices);
  }

  /// The cgroup with that path, which need not exist.
  public Cgroup open(String path) {
    throw new UnsupportedOperationException(path);
  }
}
