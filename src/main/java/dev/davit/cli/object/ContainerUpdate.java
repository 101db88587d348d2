package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.RestartPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Other limits and another restart policy for containers that exist.
final class ContainerUpdate {
  private final Machine machine;
  private final Objects objects;

  ContainerUpdate(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  /// What changes; what is null stays.
  record Changes(
      @Option(description = "Limit CPU CFS period") @Nullable Integer cpuPeriod,
      @Option(description = "Limit CPU CFS quota") @Nullable Integer cpuQuota,
      @Option(shortName = 'c', description = "CPU shares (relative weight)")
          @Nullable String cpuShares,
      @Option(description = "Number of CPUs") @Nullable String cpus,
      @Option(description = "CPUs in which to allow execution (0-3, 0,1)")
          @Nullable String cpusetCpus,
      @Option(shortName = 'm', description = "Memory limit") @Nullable String memory,
      @Option(description = "Memory soft limit") @Nullable String memoryReservation,
      @Option(description = "Swap limit equal to memory plus swap") @Nullable String memorySwap,
      @Option(description = "Limit of processes and threads") @Nullable Integer pidsLimit,
      @Option(description = "Restart policy (no|always|unless-stopped|on-failure[:N])")
          @Nullable String restart) {
    private Map<String, Object> asService(String image) {
      var service = new LinkedHashMap<String, @Nullable Object>();
      service.put("cpu_period", cpuPeriod);
      service.put("cpu_quota", cpuQuota);
      service.put("cpu_shares", cpuShares);
      service.put("cpus", cpus);
      service.put("cpuset", cpusetCpus);
      service.put("mem_limit", memory);
      service.put("mem_reservation", memoryReservation);
      service.put("memswap_limit", memorySwap);
      service.put("pids_limit", pidsLimit);
      service.put("restart", restart);
      service.values().removeIf(java.util.Objects::isNull);
      if (service.isEmpty()) {
        throw new UsageException(
            "you must provide one or more flags when using this command", null);
      }
      service.put("image", image);
      service.put("network_mode", "none");
      return Map.of("services", Map.of("changed", service));
    }
  }

  @Command(
      name = {"container", "update"},
      group = ContainerLists.GROUP,
      description = "Update limits and restart policy of one or more containers",
      completionProvider = "containers")
  @Usage("CONTAINER [CONTAINER...]")
  int update(Session session, Changes changes, @Arguments List<String> containers) {
    return Each.run(
        session,
        "container",
        containers,
        ref -> {
          Container container = objects.container(ref);
          ContainerConfig changed =
              new Modelled(session, machine)
                  .config("changed", changes.asService(container.config().image()));
          Optional<RestartPolicy> restart =
              changes.restart() == null ? Optional.empty() : Optional.of(changed.restart());
          machine.containers().update(container.id(), changed.resources().limits(), restart);
        });
  }
}
