package dev.davit.cli.provider;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// What the providers of a project have said, in the order in which they ran, to be given to the
/// services that depend on them.
final class Variables {
  /// @param raw named as the provider says, not after its service
  record Variable(String provider, String name, String value, boolean raw) {
    String inContainer() {
      return raw ? name : provider.toUpperCase(Locale.ROOT) + "_" + name;
    }
  }

  private final List<Variable> all = new ArrayList<>();

  void add(Variable variable) {
    all.add(variable);
  }

  /// The project without its providers: their variables are in the environment of the services that
  /// depend on them.
  ///
  /// @param warnings told which variables of a service a provider replaces
  Project into(Project project, Consumer<String> warnings) {
    var services = new LinkedHashMap<String, Service>();
    var providers = new LinkedHashMap<>(project.services());
    providers.values().removeIf(service -> service.provider().isEmpty());
    project
        .services()
        .forEach(
            (name, service) -> {
              if (!providers.containsKey(name)) {
                services.put(
                    name, service.provided(providers.keySet(), ofService(service, warnings)));
              }
            });
    return project.withServices(services);
  }

  private Map<String, String> ofService(Service service, Consumer<String> warnings) {
    var given = new LinkedHashMap<String, String>();
    for (Variable variable : all) {
      if (service.dependsOn().containsKey(variable.provider())) {
        String name = variable.inContainer();
        boolean replaces =
            given.containsKey(name) || service.command().environment().containsKey(name);
        if (replaces && variable.raw()) {
          warnings.accept(
              "service \"%s\": variable \"%s\" is replaced by that of provider \"%s\""
                  .formatted(service.name(), name, variable.provider()));
        }
        given.put(name, variable.value());
      }
    }
    return given;
  }
}
