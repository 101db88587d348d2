package dev.davit.reconcile;

import dev.davit.compose.Hook;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.ContainerConfig.StopConfig;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.engine.HealthConfig;
import dev.davit.engine.Hooks;
import dev.davit.engine.Hooks.PreStart;
import dev.davit.engine.Networking;
import dev.davit.engine.RestartPolicy;
import dev.davit.network.EndpointConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `pre_start`, `post_start` and `pre_stop`.
final class HookMapping {
  private static final HealthConfig NO_PROBE = HealthConfig.of(List.of("NONE"));

  private HookMapping() {}

  static Hooks of(Service service) {
    Hook.All hooks = service.hooks();
    return new Hooks(
        hooks.preStart().stream()
            .map(
                step ->
                    new PreStart(
                        step.image().orElse(service.image()), exec(step.hook()), step.perReplica()))
            .toList(),
        hooks.postStart().stream().map(HookMapping::exec).toList(),
        hooks.preStop().stream().map(HookMapping::exec).toList());
  }

  static ExecConfig exec(Hook hook) {
    var env = new ArrayList<String>();
    hook.environment()
        .forEach((name, value) -> env.add(name + value.map(text -> "=" + text).orElse("")));
    return new ExecConfig(
        hook.command(), env, hook.user(), hook.workingDir(), false, hook.privileged());
  }

  /// The container that runs a step before `replica` starts: in its networks, with its mounts, but
  /// nobody finds it by the service's name. What it shall not change of the replica is not shared.
  static ContainerConfig container(ContainerConfig replica, String name, PreStart step, int index) {
    var labels = new HashMap<>(replica.labels());
    labels.remove(Labels.NUMBER);
    labels.put(Labels.ONE_OFF, "True");
    labels.put(Labels.HOOK, "pre_start");
    ExecConfig exec = step.exec();
    Command command =
        new Command(
            Optional.empty(),
            exec.command().isEmpty() ? Optional.empty() : Optional.of(exec.command()),
            environment(replica.command().env(), exec.env()),
            exec.user(),
            List.of(),
            exec.workingDir(),
            false,
            false,
            replica.command().init());
    ContainerConfig config =
        replica
            .withName(name + "-pre_start-" + index)
            .withImage(step.image())
            .withLabels(labels)
            .withCommand(command)
            .withRestart(RestartPolicy.NEVER)
            .withStop(StopConfig.OF_IMAGE)
            .withNetwork(network(replica.network()))
            .withHealth(NO_PROBE)
            .withLog(LogConfig.JSON_FILE)
            .withHooks(Hooks.NONE);
    return exec.privileged() ? config.withSecurity(config.security().withPrivileged(true)) : config;
  }

  // A later value replaces an earlier one.
  private static List<String> environment(List<String> inherited, List<String> own) {
    var byName = new LinkedHashMap<String, String>();
    Stream.concat(inherited.stream(), own.stream())
        .forEach(entry -> byName.put(entry.split("=", 2)[0], entry));
    return List.copyOf(byName.values());
  }

  // Its addresses and ports are for the replica.
  private static Networking network(Networking network) {
    return new Networking(
        network.mode(),
        network.container(),
        network.endpoints().stream().map(EndpointConfig::unnamed).toList(),
        List.of(),
        Optional.empty(),
        network.domainname(),
        network.extraHosts(),
        network.dns());
  }
}
