package dev.davit.engine;

import dev.davit.cgroup.Limits;
import dev.davit.engine.Container.Mount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What of a container stays as it was created (but for its name, networks, limits and restart
/// policy): `config.json`.
///
/// @param allowance what the engine gave it when it was created; a file of an earlier one has none
record Definition(
    String id,
    ContainerConfig config,
    String imageId,
    Instant created,
    List<Mount> mounts,
    Optional<Allowance> allowance) {
  Definition {
    mounts = List.copyOf(mounts);
  }

  Definition withName(String name) {
    return with(config.withName(name));
  }

  Definition withNetwork(Networking network) {
    return with(config.withNetwork(network));
  }

  Definition withLimits(Limits limits) {
    return with(config.withResources(config.resources().withLimits(limits)));
  }

  Definition withRestart(RestartPolicy restart) {
    return with(config.withRestart(restart));
  }

  /// The same, but with `usual` where nothing is known of what it was given.
  Definition allowed(Allowance usual) {
    return new Definition(
        id, config, imageId, created, mounts, allowance.or(() -> Optional.of(usual)));
  }

  /// How it is run: as its configuration says, and within its allowance where that says nothing.
  ContainerConfig granted() {
    return config.withResources(allowance.orElse(Allowance.NONE).complete(config.resources()));
  }

  private Definition with(ContainerConfig changed) {
    return new Definition(id, changed, imageId, created, mounts, allowance);
  }
}
