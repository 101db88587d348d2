package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/// What a command is about: the services it names and what they depend on, or all that take part.
final class Selection {
  private Selection() {}

  /// The names of the services.
  static Set<String> of(Mapping services, Context context) {
    Mapping enabled = context.profiles().enabled(services);
    if (context.selected().isEmpty()) {
      return enabled.keys();
    }
    var wanted = new HashSet<String>();
    var open = new ArrayDeque<>(context.selected());
    while (!open.isEmpty()) {
      String name = open.pop();
      if (enabled.has(name) && wanted.add(name)) {
        open.addAll(enabled.mapping(name).mapping("depends_on").keys());
      }
    }
    return wanted;
  }

  /// The model with these services only, and with what they use.
  static Mapping cut(Mapping tree, Context context) {
    Mapping services = tree.mapping("services");
    Set<String> wanted = of(services, context);
    Mapping kept = services.keep(wanted::contains);
    return Unused.drop(tree.with("services", kept), kept);
  }
}
