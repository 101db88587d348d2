package dev.davit.docker;

import dev.davit.cgroup.Limits;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.MountConfig;
import dev.davit.engine.Networking;
import dev.davit.engine.RestartPolicy;
import dev.davit.format.Struct;
import dev.davit.network.EndpointConfig;
import dev.davit.network.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of a container depends on its host, as `HostConfig` of the Docker Engine API has it.
final class HostConfigShape {
  private HostConfigShape() {}

  static Struct of(Container container) {
    ContainerConfig config = container.config();
    ContainerConfig.Security security = config.security();
    Networking network = config.network();
    var struct =
        new Struct()
            .with("Binds", binds(container))
            .with("LogConfig", log(config.log()))
            .with("NetworkMode", networkMode(network))
            .with("PortBindings", ports(network.ports()))
            .with("AutoRemove", config.stop().removed())
            .with("RestartPolicy", restart(config.restart()))
            .with("CapAdd", security.capAdd())
            .with("CapDrop", security.capDrop())
            .with("CgroupnsMode", config.namespaces().cgroup())
            .with("Dns", network.dns().servers())
            .with("DnsOptions", network.dns().options())
            .with("DnsSearch", network.dns().search())
            .with("ExtraHosts", extraHosts(network))
            .with("GroupAdd", config.command().groups())
            .with("IpcMode", config.namespaces().ipc())
            .with("OomScoreAdj", config.resources().oomScoreAdj())
            .with("PidMode", own(config.namespaces().pid()))
            .with("Privileged", security.privileged())
            .with("ReadonlyRootfs", security.readOnlyRootfs())
            .with("SecurityOpt", securityOptions(security))
            .with("Sysctls", new TreeMap<>(security.sysctls()))
            .with("UTSMode", own(config.namespaces().uts()))
            .with("ShmSize", config.resources().shmSize())
            .with("Ulimits", ulimits(container.resources().ulimits()))
            .with("Init", config.command().init());
    limits(container.resources().limits(), struct);
    return struct;
  }

  private static List<String> binds(Container container) {
    return container.mounts().stream()
        .filter(mount -> mount.type() == MountConfig.Type.BIND)
        .map(it -> it.source() + ":" + it.target() + (it.readOnly() ? ":ro" : ":rw"))
        .toList();
  }

  private static Struct log(ContainerConfig.LogConfig log) {
    return new Struct().with("Type", log.driver()).with("Config", new TreeMap<>(log.options()));
  }

  private static String networkMode(Networking network) {
    return switch (network.mode()) {
      case NONE -> "none";
      case HOST -> "host";
      case CONTAINER -> "container:" + network.container().orElse("");
      case NETWORKS ->
          network.endpoints().stream().map(EndpointConfig::network).findFirst().orElse("default");
    };
  }

  private static Map<String, List<Struct>> ports(List<PortBinding> bindings) {
    var ports = new TreeMap<String, List<Struct>>();
    for (PortBinding binding : bindings) {
      String range =
          binding.hostPortEnd() > binding.hostPort()
              ? binding.hostPort() + "-" + binding.hostPortEnd()
              : Integer.toString(binding.hostPort());
      ports
          .computeIfAbsent(
              binding.containerPort() + "/" + binding.protocol(), _ -> new ArrayList<>())
          .add(
              new Struct()
                  .with("HostIp", binding.hostIp())
                  .with("HostPort", range.equals("0") ? "" : range));
    }
    return ports;
  }

  private static Struct restart(RestartPolicy policy) {
    String name =
        switch (policy.name()) {
          case NO -> "no";
          case ALWAYS -> "always";
          case UNLESS_STOPPED -> "unless-stopped";
          case ON_FAILURE -> "on-failure";
        };
    return new Struct().with("Name", name).with("MaximumRetryCount", policy.maxRetries());
  }

  private static List<String> extraHosts(Networking network) {
    return new TreeMap<>(network.extraHosts())
        .entrySet().stream()
            .flatMap(it -> it.getValue().stream().map(address -> it.getKey() + ":" + address))
            .toList();
  }

  // Docker says nothing where a namespace is the container's own.
  private static String own(String mode) {
    return mode.equals("private") ? "" : mode;
  }

  private static List<String> securityOptions(ContainerConfig.Security security) {
    var options = new ArrayList<String>();
    if (security.noNewPrivileges()) {
      options.add("no-new-privileges");
    }
    if (security.seccompUnconfined()) {
      options.add("seccomp=unconfined");
    }
    security.seccompProfile().ifPresent(profile -> options.add("seccomp=" + profile));
    security.modules().apparmor().ifPresent(profile -> options.add("apparmor=" + profile));
    new TreeMap<>(security.modules().selinux())
        .forEach((part, value) -> options.add("label=" + part + ":" + value));
    return options;
  }

  private static List<Struct> ulimits(Map<String, ContainerConfig.Ulimit> ulimits) {
    return new TreeMap<>(ulimits)
        .entrySet().stream()
            .map(
                it ->
                    new Struct()
                        .with("Name", it.getKey())
                        .with("Hard", it.getValue().hard())
                        .with("Soft", it.getValue().soft()))
            .toList();
  }

  private static void limits(Limits limits, Struct struct) {
    struct
        .with("CpuShares", zero(limits.cpuShares()))
        .with("Memory", zero(limits.memory()))
        .with("NanoCpus", zero(limits.nanoCpus()))
        .with("CpuPeriod", zero(limits.cpuPeriod()))
        .with("CpuQuota", zero(limits.cpuQuota()))
        .with("CpusetCpus", limits.cpusetCpus() == null ? "" : limits.cpusetCpus())
        .with("CpusetMems", limits.cpusetMems() == null ? "" : limits.cpusetMems())
        .with("MemoryReservation", zero(limits.memoryReservation()))
        .with("MemorySwap", zero(limits.memorySwap()))
        .with("PidsLimit", limits.pids());
  }

  private static long zero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
