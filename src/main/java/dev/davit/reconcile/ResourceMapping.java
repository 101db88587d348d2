package dev.davit.reconcile;

import dev.davit.compose.Limits;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.error.DavitException;
import java.util.HashMap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `mem_limit`, `cpus`, `pids_limit`, `ulimits`… and `deploy.resources`.
final class ResourceMapping {
  private ResourceMapping() {}

  static Resources of(Project project, Service service) {
    Limits limits = service.limits();
    var ulimits = new HashMap<String, Ulimit>();
    limits
        .ulimits()
        .forEach((name, ulimit) -> ulimits.put(name, new Ulimit(ulimit.soft(), ulimit.hard())));
    try {
      return new Resources(
          cgroup(limits),
          ulimits,
          limits.oomScoreAdj().orElse(0),
          limits.shmSize().orElse(Resources.UNLIMITED.shmSize()));
    } catch (DavitException e) {
      throw Places.error(project, path(project, service, String.valueOf(e.getMessage())), e);
    }
  }

  // The words of the message name the limit; each can stand in one of two places.
  private static String path(Project project, Service service, String message) {
    String start = "services." + service.name() + ".";
    String key = message.startsWith("cpu") ? "cpus" : "mem_limit";
    return project.sources().has(start + key) ? start + key : start + "deploy.resources.limits";
  }

  private static dev.davit.cgroup.Limits cgroup(Limits limits) {
    return dev.davit.cgroup.Limits.builder()
        .memory(value(limits.memory()))
        .memorySwap(value(limits.memorySwap()))
        .memoryReservation(value(limits.memoryReservation()))
        .nanoCpus(limits.cpus().isPresent() ? Math.round(limits.cpus().getAsDouble() * 1e9) : null)
        .cpuShares(value(limits.cpuShares()))
        .cpuQuota(value(limits.cpuQuota()))
        .cpuPeriod(value(limits.cpuPeriod()))
        .cpusetCpus(limits.cpuset().orElse(null))
        .pids(value(limits.pids()))
        .build();
  }

  private static @Nullable Long value(OptionalLong limit) {
    return limit.isPresent() ? limit.getAsLong() : null;
  }
}
