package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.image.Image;
import dev.davit.network.Network;
import dev.davit.volume.Volume;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What exists of a project at one moment; planners ask nothing further.
///
/// @param containers the project's, by its label
/// @param networks the project's by its label, and those that it refers to by name
/// @param volumes as with networks
/// @param images the images that the project's services want, by reference; those that are not here
///   are left out
/// @param at that moment
/// @param desired what the engine keeps of the last wish
public record Observed(
    String project,
    List<Container> containers,
    List<Network> networks,
    List<Volume> volumes,
    Map<String, Image> images,
    Instant at,
    Optional<Desired> desired) {
  public Observed {
    containers = List.copyOf(containers);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    images = Map.copyOf(images);
  }

  /// The containers of a service without one-offs, by number.
  public List<Container> of(String service) {
    return containers.stream()
        .filter(container -> Labels.service(container).equals(service))
        .filter(container -> !Labels.oneOff(container))
        .sorted(Comparator.comparingInt(Labels::number))
        .toList();
  }

  /// The names of the services that have containers, in alphabetical order.
  public List<String> services() {
    return containers.stream().map(Labels::service).distinct().sorted().toList();
  }

  Optional<Network> network(String name) {
    return networks.stream().filter(network -> network.name().equals(name)).findFirst();
  }

  Optional<Volume> volume(String name) {
    return volumes.stream().filter(volume -> volume.name().equals(name)).findFirst();
  }

  boolean isOwn(Map<String, String> labels) {
    return project.equals(labels.get(Labels.PROJECT));
  }
}
