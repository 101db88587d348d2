package dev.davit.engine;

import dev.davit.engine.Container.Mount;
import java.time.Instant;
import java.util.List;

/// What of a container stays as it was created (but for its name): `config.json`.
///
/// @param volumes anonymous volumes that were made for it
record Definition(
    String id,
    ContainerConfig config,
    String imageId,
    Instant created,
    List<Mount> mounts,
    List<String> volumes) {
  Definition {
    mounts = List.copyOf(mounts);
    volumes = List.copyOf(volumes);
  }

  Definition withName(String name) {
    return new Definition(id, config.withName(name), imageId, created, mounts, volumes);
  }
}
