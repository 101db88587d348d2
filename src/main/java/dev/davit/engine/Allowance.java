package dev.davit.engine;

import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import java.util.HashMap;
import java.util.Map;

/// What a container may use of what a machine has few of, where its configuration does not say. It
/// is kept with the container, so that a later default is for later containers only.
///
/// @param pids processes and threads, -1 without limit
/// @param ulimits by the name that setrlimit(2) has for it, in lower case: `nofile`
public record Allowance(long pids, Map<String, Ulimit> ulimits) {
  /// Nothing beyond what the configuration says.
  public static final Allowance NONE = new Allowance(-1, Map.of());

  public Allowance {
    ulimits = Map.copyOf(ulimits);
  }

  /// What a container has for which `asked` was said.
  public Resources complete(Resources asked) {
    Limits limits = asked.limits();
    var all = new HashMap<>(ulimits);
    all.putAll(asked.ulimits());
    return asked
        .withLimits(pids > 0 && limits.pids() == null ? limits.withPids(pids) : limits)
        .withUlimits(all);
  }
}
