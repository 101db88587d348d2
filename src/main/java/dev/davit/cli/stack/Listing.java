package dev.davit.cli.stack;

import dev.davit.compose.load.Model;
import dev.davit.compose.tree.Mapping;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What `config` prints as lines.
enum Listing {
  SERVICES,
  VOLUMES,
  NETWORKS,
  MODELS,
  PROFILES,
  IMAGES,
  ENVIRONMENT;

  /// Whether services named on the command line make a difference; docker compose lists all names.
  boolean isOfServices() {
    return switch (this) {
      case SERVICES, VOLUMES, NETWORKS, MODELS -> false;
      case PROFILES, IMAGES, ENVIRONMENT -> true;
    };
  }

  Collection<String> of(Model model) {
    return switch (this) {
      case SERVICES -> names(model, "services");
      case VOLUMES -> names(model, "volumes");
      case NETWORKS -> names(model, "networks");
      case MODELS -> names(model, "models");
      case PROFILES -> model.profiles();
      case IMAGES -> images(model);
      case ENVIRONMENT -> environment(model);
    };
  }

  private static Collection<String> names(Model model, String section) {
    return new TreeSet<>(model.selected().mapping(section).keys());
  }

  /// One line for each service.
  private static Collection<String> images(Model model) {
    Mapping services = model.selected().mapping("services");
    return services.keys().stream()
        .filter(name -> !services.mapping(name).has("provider"))
        .map(name -> services.mapping(name).text("image").orElse(model.projectName() + "-" + name))
        .sorted()
        .toList();
  }

  private static Collection<String> environment(Model model) {
    var variables = new TreeMap<>(model.environment().sorted());
    variables.put("COMPOSE_PROJECT_NAME", model.projectName());
    return List.copyOf(
        variables.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
  }
}
