package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.ContainerConfig;
import java.util.Optional;

/// What `up` would make, without deciding whether it is due.
public final class Wanted {
  private Wanted() {}

  /// The first container of an enabled service; throws with the place in the file where it cannot
  /// be.
  public static ContainerConfig container(Project project, Observed observed, Service service) {
    return new ServiceToContainer(
            project,
            observed.images(),
            name ->
                Optional.ofNullable(project.services().get(name))
                    .map(other -> Names.container(project, other, 1))
                    .orElse(name))
        .config(service, 1);
  }
}
