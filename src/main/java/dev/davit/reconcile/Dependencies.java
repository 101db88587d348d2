package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NamespaceMode.OfService;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.VolumesFrom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who needs whom.
public final class Dependencies {
  private static final Dependency OF_NAMESPACE =
      new Dependency(Condition.SERVICE_STARTED, true, true);

  private Dependencies() {}

  /// What `depends_on` says, and its [#parents].
  static Map<String, Dependency> of(Service service) {
    var all = new LinkedHashMap<>(service.dependsOn());
    parents(service).forEach(parent -> all.putIfAbsent(parent, OF_NAMESPACE));
    return all;
  }

  /// The services without whose containers it cannot be: it lives in their namespaces, or has their
  /// volumes.
  static List<String> parents(Service service) {
    return Stream.concat(
            Stream.of(
                    service.networking().mode(),
                    service.isolation().ipc(),
                    service.isolation().pid())
                .flatMap(Dependencies::parent),
            service.volumesFrom().stream().filter(it -> !it.container()).map(VolumesFrom::name))
        .distinct()
        .toList();
  }

  private static Stream<String> parent(NamespaceMode mode) {
    return mode instanceof OfService(String service) ? Stream.of(service) : Stream.empty();
  }

  /// `names`, or all services for none, with what they need if that is wanted; dependencies first,
  /// alphabetical where there is a choice.
  public static List<Service> ordered(
      Project project, Collection<String> names, boolean withNeeded) {
    var wanted = new TreeSet<>(names.isEmpty() ? project.services().keySet() : names);
    if (withNeeded) {
      var open = new ArrayList<>(wanted);
      while (!open.isEmpty()) {
        Service service = project.services().get(open.removeLast());
        if (service != null) {
          of(service).keySet().stream()
              .filter(project.services()::containsKey)
              .filter(wanted::add)
              .forEach(open::add);
        }
      }
    }
    return order(
            wanted,
            name -> {
              Service service = project.services().get(name);
              return service == null ? Set.of() : of(service).keySet();
            })
        .stream()
        .flatMap(name -> Stream.ofNullable(project.services().get(name)))
        .toList();
  }

  /// `names` in an order in which each comes after those among them that it needs.
  static List<String> order(
      Collection<String> names, Function<String, ? extends Collection<String>> needs) {
    var ordered = new LinkedHashSet<String>();
    var wanted = new TreeSet<>(names);
    for (String name : wanted) {
      if (!ordered.contains(name)) {
        addAfterNeeds(name, it -> wanted.contains(it) && !ordered.contains(it), needs, ordered);
      }
    }
    return List.copyOf(ordered);
  }

  // No recursion: a chain of services can be longer than the stack is deep.
  private static void addAfterNeeds(
      String name,
      Predicate<String> missing,
      Function<String, ? extends Collection<String>> needs,
      Set<String> ordered) {
    var way = new LinkedHashMap<String, Iterator<String>>();
    way.put(name, new TreeSet<>(needs.apply(name)).iterator());
    while (!way.isEmpty()) {
      var last = way.lastEntry();
      if (!last.getValue().hasNext()) {
        ordered.add(way.pollLastEntry().getKey());
        continue;
      }
      String need = last.getValue().next();
      // Labels of old containers may hold a cycle that no file would be allowed.
      if (missing.test(need) && !way.containsKey(need)) {
        way.put(need, new TreeSet<>(needs.apply(need)).iterator());
      }
    }
  }
}
