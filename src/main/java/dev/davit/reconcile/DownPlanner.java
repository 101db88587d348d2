package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.VolumeDefinition;
import dev.davit.engine.Container;
import dev.davit.network.Network;
import dev.davit.reconcile.Operation.RemoveContainer;
import dev.davit.reconcile.Operation.RemoveNetwork;
import dev.davit.reconcile.Operation.RemoveVolume;
import dev.davit.volume.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Decides what `down` does: dependents before what they depend on, then networks, then volumes.
/// Labels suffice, so it works without a Compose file.
public final class DownPlanner {
  private final Optional<Project> project;
  private final Observed observed;
  private final DownOptions options;
  private final Graph graph;
  private final Plan.Builder plan = new Plan.Builder();
  private final Map<String, Set<Integer>> stops = new HashMap<>();
  private final Map<String, Integer> removals = new HashMap<>();

  private DownPlanner(Optional<Project> project, Observed observed, DownOptions options) {
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.graph = new Graph(observed);
  }

  /// What takes the project away.
  ///
  /// @param project empty where there is no file: then nothing counts as an orphan
  public static Plan plan(Optional<Project> project, Observed observed, DownOptions options) {
    return new DownPlanner(project, observed, options).plan();
  }

  private Plan plan() {
    boolean whole = options.services().isEmpty();
    List<Container> orphans = project.map(known -> Orphans.of(known, observed)).orElse(List.of());
    var kept = new ArrayList<Container>();
    if (!options.removeOrphans()) {
      kept.addAll(orphans);
      observed.containers().stream()
          .filter(it -> Labels.oneOff(it) && !Labels.isHook(it))
          .forEach(kept::add);
    }
    // Services that no active profile enables are left alone, as with docker compose.
    observed.containers().stream().filter(this::isDisabled).forEach(kept::add);
    Set<String> services =
        whole ? graph.orAll(List.of()) : graph.withDependents(options.services());
    for (String service : graph.ordered(services).reversed()) {
      for (Container container : observed.containers()) {
        if (Labels.service(container).equals(service) && !kept.contains(container)) {
          container(container, orphans.contains(container) ? "orphan" : "down");
        }
      }
    }
    networks(whole);
    if (options.volumes()) {
      volumes(whole);
    }
    return plan.build();
  }

  private boolean isDisabled(Container container) {
    return project
        .filter(known -> known.disabledServices().containsKey(Labels.service(container)))
        .isPresent();
  }

  // With services named, only what the others do not use goes along.
  private boolean goes(boolean whole, List<Container> users) {
    return whole
        || (!users.isEmpty() && users.stream().allMatch(it -> removals.containsKey(it.id())));
  }

  private Set<Integer> removals(List<Container> users) {
    var before = new TreeSet<Integer>();
    users.forEach(it -> Optional.ofNullable(removals.get(it.id())).ifPresent(before::add));
    return before;
  }

  private void container(Container container, String cause) {
    String service = Labels.service(container);
    var subject = Subject.container(service, Labels.number(container), container.name());
    var before = new TreeSet<Integer>();
    for (String dependent : graph.dependents(service)) {
      before.addAll(stops.getOrDefault(dependent, Set.of()));
    }
    switch (container.state().status()) {
      case RUNNING, PAUSED, RESTARTING, REMOVING -> {
        int stop = new Hooked(plan).stop(container, subject, options.grace(), cause, before);
        stops.computeIfAbsent(service, _ -> new TreeSet<>()).add(stop);
        before = new TreeSet<>(Set.of(stop));
      }
      case CREATED, EXITED, DEAD ->
          stops.computeIfAbsent(service, _ -> new TreeSet<>()).addAll(before);
    }
    removals.put(
        container.id(),
        plan.add(new RemoveContainer(subject, container.id(), options.volumes(), cause), before));
  }

  private void networks(boolean whole) {
    for (Network network : observed.networks()) {
      List<Container> users =
          observed.containers().stream()
              .filter(
                  container ->
                      container.config().network().endpoints().stream()
                          .anyMatch(endpoint -> endpoint.network().equals(network.name())))
              .toList();
      if (observed.isOwn(network.config().labels()) && goes(whole, users)) {
        String key = network.config().labels().getOrDefault(Labels.NETWORK, network.name());
        plan.add(
            new RemoveNetwork(new Subject(Subject.Kind.NETWORK, network.name(), key), "down"),
            removals(users));
      }
    }
  }

  private void volumes(boolean whole) {
    for (Volume volume : observed.volumes()) {
      List<Container> users =
          observed.containers().stream()
              .filter(
                  container ->
                      container.mounts().stream()
                          .anyMatch(mount -> mount.source().equals(volume.name())))
              .toList();
      boolean kept = users.stream().anyMatch(it -> !removals.containsKey(it.id()));
      if (isOwn(volume) && goes(whole, users) && !kept) {
        String key = volume.config().labels().getOrDefault(Labels.VOLUME, volume.name());
        plan.add(
            new RemoveVolume(
                new Subject(Subject.Kind.VOLUME, volume.name(), key), "volumes are asked for"),
            removals(users));
      }
    }
  }

  private boolean isOwn(Volume volume) {
    Optional<VolumeDefinition> definition =
        project.stream()
            .flatMap(known -> known.volumes().values().stream())
            .filter(candidate -> candidate.name().equals(volume.name()))
            .findFirst();
    return definition
        .map(known -> !known.external())
        .orElseGet(() -> observed.isOwn(volume.config().labels()));
  }
}
