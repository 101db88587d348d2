package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.engine.Container;
import java.util.List;

/// Containers of a project whose service its model no longer has, and one-offs that have ended.
final class Orphans {
  private Orphans() {}

  static List<Container> of(Project project, Observed observed) {
    return observed.containers().stream()
        .filter(
            container ->
                (Labels.oneOff(container) && !Labels.isHook(container))
                    ? ended(container)
                    : unknown(project, container))
        .toList();
  }

  private static boolean ended(Container container) {
    return switch (container.state().status()) {
      case EXITED, DEAD -> true;
      case CREATED, RUNNING, PAUSED, RESTARTING, REMOVING -> false;
    };
  }

  private static boolean unknown(Project project, Container container) {
    String service = Labels.service(container);
    return !project.services().containsKey(service)
        && !project.disabledServices().containsKey(service);
  }
}
