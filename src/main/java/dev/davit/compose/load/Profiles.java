package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which services take part.
///
/// @param active names of profiles; `*` is all of them
/// @param selected services named on the command line, which takes their profiles for granted
record Profiles(Set<String> active, List<String> selected) {

  static Profiles of(LoadRequest request, Map<String, String> environment) {
    var active = new TreeSet<>(request.profiles());
    if (active.isEmpty()) {
      active.addAll(List.of(environment.getOrDefault("COMPOSE_PROFILES", "").split("\\s*,\\s*")));
    }
    return new Profiles(Set.copyOf(active), request.selectedServices());
  }

  /// With the profiles of the selected services active too.
  Profiles forSelected(Mapping services) {
    var all = new TreeSet<>(active);
    selected.forEach(name -> all.addAll(of(services.mapping(name))));
    return new Profiles(Set.copyOf(all), selected);
  }

  boolean enable(Mapping service) {
    List<String> wanted = of(service);
    return wanted.isEmpty() || active.contains("*") || wanted.stream().anyMatch(active::contains);
  }

  /// The services that take part.
  Mapping enabled(Mapping services) {
    return services.keep(name -> enable(services.mapping(name)));
  }

  static List<String> of(Mapping service) {
    List<Node> items =
        service.get("profiles").orElse(null) instanceof Sequence list ? list.items() : List.of();
    return items.isEmpty() // as of most services, which are asked often
        ? List.of()
        : items.stream().map(it -> it instanceof Scalar profile ? profile.text() : "").toList();
  }
}
