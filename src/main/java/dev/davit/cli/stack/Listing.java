package dev.davit.cli.stack;

import dev.davit.compose.load.Model;
import dev.davit.compose.tree.Mapping;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What `config` prints as lines.
enum Listing {
  SERVICES(false, model -> names(model, "services")),
  VOLUMES(false, model -> names(model, "volumes")),
  NETWORKS(false, model -> names(model, "networks")),
  MODELS(false, model -> names(model, "models")),
  PROFILES(true, Model::profiles),
  IMAGES(true, Listing::images),
  ENVIRONMENT(true, Listing::environment);

  private final boolean ofServices;
  private final Function<Model, ? extends Collection<String>> lines;

  Listing(boolean ofServices, Function<Model, ? extends Collection<String>> lines) {
    this.ofServices = ofServices;
    this.lines = lines;
  }

  /// Whether services named on the command line make a difference; docker compose lists all names.
  boolean isOfServices() {
    return ofServices;
  }

  Collection<String> of(Model model) {
    return lines.apply(model);
  }

  private static Collection<String> names(Model model, String section) {
    return new TreeSet<>(model.selected().mapping(section).keys());
  }

  /// One line for each service.
  private static Collection<String> images(Model model) {
    Mapping services = model.selected().mapping("services");
    return services.keys().stream()
        .filter(name -> !services.mapping(name).has("provider"))
        .map(
            name -> services.mapping(name).text("image").orElse(model.projectName() + "-" + name))
        .sorted()
        .toList();
  }

  private static Collection<String> environment(Model model) {
    var variables = new TreeMap<>(model.environment());
    variables.put("COMPOSE_PROJECT_NAME", model.projectName());
    return List.copyOf(
        variables.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
  }
}
