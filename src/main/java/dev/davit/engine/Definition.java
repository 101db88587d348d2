package dev.davit.engine;

import dev.davit.cgroup.Limits;
import dev.davit.engine.Container.Mount;
import java.time.Instant;
import java.util.List;

/// What of a container stays as it was created (but for its name, networks, limits and restart
/// policy): `config.json`.
record Definition(
    String id, ContainerConfig config, String imageId, Instant created, List<Mount> mounts) {
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

  private Definition with(ContainerConfig changed) {
    return new Definition(id, changed, imageId, created, mounts);
  }
}
