package dev.davit.engine;

import java.nio.file.Path;

/// Where the engine keeps things.
///
/// @param root what outlives the machine: `/var/lib/davit`
/// @param run what does not, on a tmpfs: `/run/davit`
public record EngineDirectories(Path root, Path run) {
  Path container(String id) {
    return root.resolve("containers").resolve(id);
  }

  Path containers() {
    return root.resolve("containers");
  }

  Path projects() {
    return root.resolve("projects");
  }

  Path runContainer(String id) {
    return run.resolve("containers").resolve(id);
  }

  Path runContainers() {
    return run.resolve("containers");
  }
}
