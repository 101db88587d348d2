package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.engine.Container;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The services of a project and what they depend on: as was wanted last, or for services of which
/// the engine knows no wish as the labels of their containers say.
final class Graph {
  private final Observed observed;
  private final Map<String, Map<String, Dependency>> needs = new TreeMap<>();

  Graph(Observed observed) {
    this.observed = observed;
    for (Container container : observed.containers()) {
      needs
          .computeIfAbsent(Labels.service(container), _ -> new TreeMap<>())
          .putAll(Labels.dependencies(container));
    }
    observed
        .desired()
        .ifPresent(
            known -> known.services().forEach((name, wish) -> needs.put(name, wish.needs())));
  }

  Map<String, Dependency> needs(String service) {
    return needs.getOrDefault(service, Map.of());
  }

  /// Dependencies first.
  List<String> ordered(Collection<String> services) {
    return Dependencies.order(services, name -> needs(name).keySet());
  }

  /// `services`, or all for none.
  Set<String> orAll(Collection<String> services) {
    return new TreeSet<>(services.isEmpty() ? observed.services() : services);
  }

  Set<String> dependents(String service) {
    var dependents = new TreeSet<String>();
    needs.forEach(
        (name, dependencies) -> {
          if (dependencies.containsKey(service)) {
            dependents.add(name);
          }
        });
    return dependents;
  }

  /// `services` with all that depend on them.
  Set<String> withDependents(Collection<String> services) {
    var all = new TreeSet<String>();
    var open = new java.util.ArrayDeque<>(services);
    while (!open.isEmpty()) {
      String next = open.pop();
      if (all.add(next)) {
        open.addAll(dependents(next));
      }
    }
    return all;
  }
}
