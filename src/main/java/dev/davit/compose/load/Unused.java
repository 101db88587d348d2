package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import java.util.HashSet;
import java.util.Set;

/// Phase: what is defined at the top level and no service of the project uses is left out.
final class Unused {
  private Unused() {}

  static Mapping drop(Mapping tree, Context context) {
    return drop(tree, context.profiles().enabled(tree.mapping("services")));
  }

  /// What none of these services uses is left out.
  static Mapping drop(Mapping tree, Mapping services) {
    Set<String> networks = new HashSet<>();
    Set<String> volumes = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    Set<String> configs = new HashSet<>();
    Set<String> models = new HashSet<>();
    for (String name : services.keys()) {
      View service = new View(services.mapping(name));
      networks.addAll(service.at("networks").mapping().keys());
      service.views("volumes").stream()
          .filter(it -> it.text("type").orElse("").equals("volume"))
          .forEach(it -> it.text("source").ifPresent(volumes::add));
      add(service, "secrets", secrets);
      add(service.at("build"), "secrets", secrets);
      add(service, "configs", configs);
      models.addAll(service.at("models").mapping().keys());
    }
    Mapping kept = keep(keep(tree, "networks", networks), "volumes", volumes);
    kept = keep(keep(kept, "secrets", secrets), "configs", configs);
    return keep(kept, "models", models);
  }

  private static void add(View service, String attribute, Set<String> used) {
    service.views(attribute).forEach(it -> it.text("source").ifPresent(used::add));
  }

  private static Mapping keep(Mapping tree, String section, Set<String> used) {
    Mapping all = tree.mapping(section).keep(used::contains);
    return all.keys().isEmpty() ? tree.without(section) : tree.with(section, all);
  }
}
