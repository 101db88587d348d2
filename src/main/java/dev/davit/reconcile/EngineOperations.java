package dev.davit.reconcile;

import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Namespaces;
import dev.davit.engine.Containers;
import dev.davit.engine.Execs;
import dev.davit.engine.Logs;
import dev.davit.engine.Networking;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.Networks;
import dev.davit.volume.Volumes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Each operation as one call of the engine.
public final class EngineOperations implements OperationRunner {
  private final Containers containers;
  private final Networks networks;
  private final Volumes volumes;
  private final Waiting waiting;
  private final HookRunner hooks;
  private final ImageTransfers transfers;

  public EngineOperations(
      Containers containers,
      Execs execs,
      Logs logs,
      Networks networks,
      Volumes volumes,
      ImageTransfers transfers) {
    this.containers = containers;
    this.networks = networks;
    this.volumes = volumes;
    this.waiting = new Waiting(containers);
    this.hooks = new HookRunner(containers, execs, logs);
    this.transfers = transfers;
  }

  @Override
  public Optional<String> run(Operation operation, Cancellation cancel, Report report) {
    switch (operation) {
      case Operation.PullImage pull -> {
        return orForgo(pull.required(), () -> transfers.pull(pull, cancel, report));
      }
      case Operation.PushImage push -> {
        return orForgo(push.required(), () -> transfers.push(push, cancel, report));
      }
      case Operation.CreateNetwork(_, var config, _) -> networks.create(config);
      case Operation.CreateVolume(_, var config, _) -> volumes.create(config);
      case Operation.RemoveVolume(var subject, _) -> volumes.remove(subject.name());
      case Operation.CreateContainer(_, var config, _) -> {
        return create(withIds(config));
      }
      case Operation.SupplyContainer(_, var ref, var contents, _) ->
          containers.supply(ref, contents);
      case Operation.StartContainer(_, var ref, _) -> containers.start(ref);
      case Operation.RunPreStart step ->
          hooks.preStart(step, withIds(step.config()), cancel, report::line);
      case Operation.RunHook hook -> {
        return hooks.run(hook, cancel, report::line);
      }
      case Operation.StopContainer(_, var ref, var grace, _) ->
          unlessGone(() -> containers.stop(ref, grace));
      case Operation.RestartContainer(_, var ref, var grace, _) -> containers.restart(ref, grace);
      case Operation.KillContainer(_, var ref, var signal, _) -> containers.kill(ref, signal);
      case Operation.PauseContainer(_, var ref, _) -> containers.pause(ref);
      case Operation.UnpauseContainer(_, var ref, _) -> containers.unpause(ref);
      case Operation.RenameContainer(_, var ref, var name, _) -> containers.rename(ref, name);
      case Operation.RemoveContainer(_, var ref, var withVolumes, _) ->
          unlessGone(() -> containers.remove(ref, true, withVolumes));
      case Operation.RemoveNetwork(var subject, _) -> {
        return removeNetwork(subject.name());
      }
      case Operation.WaitFor wait -> {
        return waiting.run(wait, cancel);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> orForgo(boolean required, Supplier<Optional<String>> transfer) {
    try {
      return transfer.get();
    } catch (DavitException e) {
      if (required) {
        throw e;
      }
      throw new ForgoneException(e);
    }
  }

  // Some remove themselves when they have ended.
  private static void unlessGone(Runnable verb) {
    try {
      verb.run();
    } catch (DavitException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  private Optional<String> create(ContainerConfig config) {
    containers.create(config);
    List<String> lacks = containers.lacks(config);
    return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacks));
  }

  // As with docker compose a network that others still use is no failure of `down`.
  private Optional<String> removeNetwork(String name) {
    try {
      networks.remove(name);
      return Optional.empty();
    } catch (DavitException e) {
      if (e.kind() == Kind.CONFLICT) {
        return Optional.of("resource is still in use: " + e.getMessage());
      }
      throw e;
    }
  }

  /// A container whose namespaces are shared may have been made by the same plan, so its id is
  /// known only now.
  private ContainerConfig withIds(ContainerConfig config) {
    ContainerConfig resolved = config;
    if (config.network().container().isPresent()) {
      Networking network = config.network();
      resolved =
          config.withNetwork(
              new Networking(
                  network.mode(),
                  network.container().map(ref -> containers.get(ref).id()),
                  network.endpoints(),
                  network.ports(),
                  network.hostname(),
                  network.domainname(),
                  network.extraHosts(),
                  network.dns()));
    }
    Namespaces modes = resolved.namespaces();
    return resolved.withNamespaces(
        new Namespaces(withId(modes.pid()), withId(modes.ipc()), modes.uts(), modes.cgroup()));
  }

  private String withId(String mode) {
    return mode.startsWith("container:")
        ? "container:" + containers.get(mode.substring("container:".length())).id()
        : mode;
  }
}
