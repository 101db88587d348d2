package dev.davit.cli.provider;

import dev.davit.compose.Dependency;
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
    Map<String, Service> providers = providers(project);
    project
        .services()
        .forEach(
            (name, service) -> {
              if (!providers.containsKey(name)) {
                services.put(
                    name,
                    service.provided(containers(service, providers), ofService(service, warnings)));
              }
            });
    return project.withServices(services);
  }

  /// The services of a project that programs stand for.
  static Map<String, Service> providers(Project project) {
    var providers = new LinkedHashMap<>(project.services());
    providers.values().removeIf(service -> service.provider().isEmpty());
    return providers;
  }

  /// What a service depends on that has containers, itself or through its providers.
  static Map<String, Dependency> containers(Service service, Map<String, Service> providers) {
    var all = new LinkedHashMap<>(service.dependsOn());
    all.keySet().removeAll(providers.keySet());
    for (String name : service.dependsOn().keySet()) {
      Service provider = providers.get(name);
      if (provider != null) {
        containers(provider, providers)
            .forEach(
                (needed, how) ->
                    all.putIfAbsent(
                        needed, new Dependency(how.condition(), false, how.required())));
      }
    }
    return all;
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
