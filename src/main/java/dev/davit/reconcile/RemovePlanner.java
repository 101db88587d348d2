package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.reconcile.Operation.RemoveContainer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Decides what `rm` removes: the containers of services that do not run.
public final class RemovePlanner {
  private RemovePlanner() {}

  /// Those that it would remove.
  ///
  /// @param stop those too that run, which are stopped before
  public static List<Container> candidates(
      Observed observed, Collection<String> services, boolean stop) {
    return services.stream()
        .sorted()
        .flatMap(service -> observed.of(service).stream())
        .filter(container -> stop || !runs(container))
        .toList();
  }

  private static boolean runs(Container container) {
    return switch (container.state().status()) {
      case RUNNING, PAUSED, RESTARTING, REMOVING -> true;
      case CREATED, EXITED, DEAD -> false;
    };
  }

  /// Removes `containers`, each after its end.
  ///
  /// @param volumes their anonymous volumes too
  public static Plan plan(
      Observed observed, Collection<String> services, List<Container> containers, boolean volumes) {
    boolean running = containers.stream().anyMatch(RemovePlanner::runs);
    Plan stops = running ? LifecyclePlanner.stop(observed, services, Optional.empty()) : Plan.EMPTY;
    var plan = new Plan.Builder(stops);
    for (Container container : containers) {
      var subject =
          Subject.container(Labels.service(container), Labels.number(container), container.name());
      plan.add(
          new RemoveContainer(subject, container.id(), volumes, "asked for"),
          stops.nodes().stream()
              .filter(node -> node.operation().subject().equals(subject))
              .map(Plan.Node::id)
              .toList());
    }
    return plan.build();
  }
}
