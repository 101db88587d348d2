package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Services that wait for each other would wait for ever.
final class Cycles {
  private final Mapping services;
  private final Context context;
  private final Set<String> done = new HashSet<>();
  private final List<String> way = new ArrayList<>();

  private Cycles(Mapping services, Context context) {
    this.services = services;
    this.context = context;
  }

  static void check(Mapping services, Context context) {
    var cycles = new Cycles(services, context);
    services.keys().forEach(cycles::visit);
  }

  private void visit(String name) {
    int seen = way.indexOf(name);
    if (seen >= 0) {
      report(way.subList(seen, way.size()));
      return;
    }
    if (!services.has(name) || done.contains(name)) {
      return;
    }
    way.add(name);
    services.mapping(name).mapping("depends_on").keys().forEach(this::visit);
    way.removeLast();
    done.add(name);
  }

  /// Complains where the last one on the way depends on the first.
  private void report(List<String> cycle) {
    Mapping dependencies = services.mapping(cycle.getLast()).mapping("depends_on");
    String way = String.join(" -> ", cycle) + " -> " + cycle.getFirst();
    context
        .problems()
        .error(
            Code.DEPENDENCY_CYCLE,
            dependencies.keyPlace(cycle.getFirst()),
            TreePath.of("services", cycle.getLast(), "depends_on"),
            "dependency cycle " + way);
  }
}
