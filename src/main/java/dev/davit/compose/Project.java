package dev.davit.compose;

import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The Compose model after all phases: canonical, defaulted, with absolute paths, checked. Maps
/// keep the order of the files.
///
/// @param workingDirectory what relative paths of the files are relative to
/// @param disabledServices those that no active profile enables; nobody active requires one
/// @param environment the variables that interpolation saw
/// @param separator between the parts of the names of containers, `-` or `_`
/// @param sources where each part of the model was written
public record Project(
    String name,
    Path workingDirectory,
    List<Path> composeFiles,
    Map<String, Service> services,
    Map<String, Service> disabledServices,
    Map<String, NetworkDefinition> networks,
    Map<String, VolumeDefinition> volumes,
    Map<String, SecretDefinition> secrets,
    Map<String, ConfigDefinition> configs,
    Map<String, ModelDefinition> models,
    Map<String, String> environment,
    String separator,
    SourceMap sources) {

  /// The same with other services enabled.
  public Project withServices(Map<String, Service> others) {
    return new Project(
        name,
        workingDirectory,
        composeFiles,
        others,
        disabledServices,
        networks,
        volumes,
        secrets,
        configs,
        models,
        environment,
        separator,
        sources);
  }

  /// The profiles of all services, disabled ones too, in alphabetical order.
  public Set<String> profiles() {
    var profiles = new TreeSet<String>();
    services.values().forEach(service -> profiles.addAll(service.profiles()));
    disabledServices.values().forEach(service -> profiles.addAll(service.profiles()));
    return profiles;
  }

  /// Where the node at a tree path such as `services.web.ports[0]` was written; for a node that a
  /// phase added, its nearest parent that was.
  public Optional<Place> place(String treePath) {
    return sources.place(treePath);
  }

  /// The source line at a place.
  public Optional<String> excerpt(Place place) {
    return sources.excerpt(place);
  }
}
