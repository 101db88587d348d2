package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Services that run together give no two containers one name.
final class ContainerNames {
  private static final String ATTRIBUTE = "container_name";

  private final Mapping services;
  private final Context context;
  private final Map<String, List<String>> taken = new HashMap<>();

  private ContainerNames(Mapping services, Context context) {
    this.services = services;
    this.context = context;
  }

  static void check(Mapping services, Context context) {
    var names = new ContainerNames(services, context);
    services.keys().forEach(names::take);
  }

  private void take(String service) {
    String name = new View(services.mapping(service)).text(ATTRIBUTE).orElse("");
    if (!name.isEmpty()) {
      List<String> others = taken.computeIfAbsent(name, _ -> new ArrayList<>());
      others.forEach(other -> report(service, name, other));
      others.add(service);
    }
  }

  private void report(String service, String name, String other) {
    context
        .problems()
        .error(
            Code.NAME_TAKEN,
            services.mapping(service).keyPlace(ATTRIBUTE),
            TreePath.of("services", service, ATTRIBUTE),
            "container_name \"" + name + "\" is also that of service \"" + other + "\"",
            "give another name, or none")
        .note("first used here", services.mapping(other).keyPlace(ATTRIBUTE));
  }
}
