package dev.davit.engine;

import dev.davit.engine.Container.Mount;
import java.time.Instant;
import java.util.List;

/// What of a container stays as it was created (but for its name and its networks): `config.json`.
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

  private Definition with(ContainerConfig changed) {
    return new Definition(id, changed, imageId, created, mounts);
  }
}
