package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;

/// What things of a project are called in the engine.
final class Names {
  private Names() {}

  /// `<project>-<service>-<number>`, or the name that the service asks for.
  static String container(Project project, Service service, int number) {
    return service
        .naming()
        .containerName()
        .orElseGet(
            () -> String.join(project.separator(), project.name(), service.name(), "" + number));
  }

  /// `<project>-<service>-run-<slug>`.
  static String oneOff(Project project, Service service, String slug) {
    return String.join(project.separator(), project.name(), service.name(), "run", slug);
  }

  /// The name of a container while the one that it replaces is still there.
  static String temporary(String oldId, String name) {
    return oldId.substring(0, Math.min(12, oldId.length())) + "_" + name;
  }
}
