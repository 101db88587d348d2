package dev.davit.reconcile;

import dev.davit.cgroup.BlockIo;
import dev.davit.cgroup.DeviceRule;
import dev.davit.compose.Devices;
import dev.davit.compose.Limits;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.error.DavitException;
import java.util.HashMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
          limits.shmSize().orElse(Resources.UNLIMITED.shmSize()),
          devices(service.devices()),
          service.engineOptions().cgroupParent().filter(parent -> !parent.isBlank()));
    } catch (DavitException e) {
      throw Places.error(project, path(project, service, String.valueOf(e.getMessage())), e);
    }
  }

  private static ContainerConfig.Devices devices(Devices devices) {
    return new ContainerConfig.Devices(
        devices.nodes().stream()
            .filter(node -> !node.isCdi())
            .map(
                node ->
                    new ContainerConfig.Devices.Node(
                        node.source(), node.target(), node.permissions()))
            .toList(),
        devices.rules().stream().flatMap(ResourceMapping::rules).toList());
  }

  // "Any" is for both types; the kernel's own `a` means every device, whatever follows.
  private static Stream<DeviceRule> rules(Devices.Rule rule) {
    int major = rule.major().orElse(-1);
    int minor = rule.minor().orElse(-1);
    return (rule.type() == 'a' ? Stream.of('b', 'c') : Stream.of(rule.type()))
        .map(type -> new DeviceRule(type, major, minor, rule.permissions()));
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
        .swappiness(swappiness(limits.swappiness()))
        .oomKillDisable(limits.oomKillDisable())
        .realTime(value(limits.realTime().period()), value(limits.realTime().runtime()))
        .blockIo(blockIo(limits.blockIo()))
        .build();
  }

  // -1 is docker's word for "as the machine".
  private static @Nullable Long swappiness(OptionalInt percent) {
    return percent.isPresent() && percent.getAsInt() >= 0 ? (long) percent.getAsInt() : null;
  }

  private static BlockIo blockIo(dev.davit.compose.BlockIo share) {
    return new BlockIo(
        share.weight(),
        share.weights(),
        share.readBytes(),
        share.writeBytes(),
        share.readOperations(),
        share.writeOperations());
  }

  private static @Nullable Long value(OptionalLong limit) {
    return limit.isPresent() ? limit.getAsLong() : null;
  }
}
