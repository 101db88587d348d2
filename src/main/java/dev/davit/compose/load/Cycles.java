package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Services that wait for each other would wait for ever.
final class Cycles {
  private final Mapping services;
  private final Context context;
  private final Set<String> done = new HashSet<>();

  /// From the service where the walk began: each with those of its dependencies still to be seen.
  private final LinkedHashMap<String, Iterator<String>> way = new LinkedHashMap<>();

  private Cycles(Mapping services, Context context) {
    this.services = services;
    this.context = context;
  }

  static void check(Mapping services, Context context) {
    var cycles = new Cycles(services, context);
    services.keys().forEach(cycles::walk);
  }

  // No recursion: a chain of services can be longer than the stack is deep.
  private void walk(String start) {
    step(start);
    while (!way.isEmpty()) {
      var last = way.lastEntry();
      if (last.getValue().hasNext()) {
        step(last.getValue().next());
      } else {
        done.add(way.pollLastEntry().getKey());
      }
    }
  }

  private void step(String name) {
    if (way.containsKey(name)) {
      report(way.keySet().stream().dropWhile(it -> !it.equals(name)).toList());
    } else if (services.has(name) && !done.contains(name)) {
      way.put(name, services.mapping(name).mapping("depends_on").keys().iterator());
    }
  }

  /// Complains where the last one on the way depends on the first.
  private void report(List<String> cycle) {
    Mapping dependencies = services.mapping(cycle.getLast()).mapping("depends_on");
    String way = String.join(" -> ", cycle) + " -> " + cycle.getFirst();
    var report =
        context
            .problems()
            .error(
                Code.DEPENDENCY_CYCLE,
                dependencies.keyPlace(cycle.getFirst()),
                TreePath.of("services", cycle.getLast(), "depends_on"),
                "dependency cycle " + way,
                "leave out one of these dependencies");
    for (int i = 0; i + 1 < cycle.size(); i++) {
      String next = cycle.get(i + 1);
      Place place = services.mapping(cycle.get(i)).mapping("depends_on").keyPlace(next);
      report.note("\"" + cycle.get(i) + "\" depends on \"" + next + "\" here", place);
    }
  }
}
