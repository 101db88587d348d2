package dev.davit.reconcile;

import dev.davit.compose.Mount;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumeDefinition;
import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.image.Image;
import dev.davit.image.Images;
import dev.davit.network.Networks;
import dev.davit.volume.Volumes;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what exists of a project.
public final class Observer {
  private final Containers containers;
  private final Networks networks;
  private final Volumes volumes;
  private final Images images;
  private final DesiredProjects desired;

  public Observer(
      Containers containers,
      Networks networks,
      Volumes volumes,
      Images images,
      DesiredProjects desired) {
    this.containers = containers;
    this.networks = networks;
    this.volumes = volumes;
    this.images = images;
    this.desired = desired;
  }

  /// What exists of the project, and what its model refers to by name.
  public Observed observe(Project project) {
    Set<String> networkNames =
        project.networks().values().stream()
            .map(NetworkDefinition::name)
            .collect(Collectors.toSet());
    Set<String> volumeNames =
        project.volumes().values().stream().map(VolumeDefinition::name).collect(Collectors.toSet());
    return observe(project.name(), networkNames, volumeNames, images(project));
  }

  /// What exists of the project with that name, from labels alone.
  public Observed observe(String project) {
    return observe(project, Set.of(), Set.of(), Map.of());
  }

  /// Every container that belongs to some project.
  public List<Container> all() {
    return containers.list().stream()
        .filter(container -> !Labels.project(container).isEmpty())
        .toList();
  }

  private Observed observe(
      String project,
      Set<String> networkNames,
      Set<String> volumeNames,
      Map<String, Image> images) {
    return new Observed(
        project,
        containers.list().stream()
            .filter(container -> Labels.project(container).equals(project))
            .toList(),
        networks.list().stream()
            .filter(
                network ->
                    networkNames.contains(network.name())
                        || project.equals(network.config().labels().get(Labels.PROJECT)))
            .toList(),
        volumes.list().stream()
            .filter(
                volume ->
                    volumeNames.contains(volume.name())
                        || project.equals(volume.config().labels().get(Labels.PROJECT)))
            .toList(),
        images,
        Instant.now(),
        desired.find(project));
  }

  private static Stream<String> images(Service service) {
    return Stream.of(
            Stream.of(service.image()),
            service.hooks().preStart().stream().flatMap(it -> it.image().stream()),
            service.mounts().stream()
                .filter(mount -> mount.type() == Mount.Type.IMAGE)
                .map(Mount::source))
        .flatMap(it -> it);
  }

  private Map<String, Image> images(Project project) {
    var references =
        Stream.concat(
                project.services().values().stream(), project.disabledServices().values().stream())
            .flatMap(Observer::images)
            .collect(Collectors.toCollection(HashSet::new));
    var found = new HashMap<String, Image>();
    for (String reference : references) {
      images.find(reference).ifPresent(image -> found.put(reference, image));
    }
    return found;
  }
}
