package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.Set;

/// What exists outside of the project cannot be described inside of it.
final class External {
  private static final Set<String> ALLOWED = Set.of("external", "name");

  private External() {}

  static void check(Mapping tree, Context context) {
    for (String section : List.of("networks", "volumes")) {
      Mapping all = tree.mapping(section);
      for (String key : all.keys()) {
        Mapping thing = all.mapping(key);
        if (new View(thing).flag("external")) {
          thing.keys().stream()
              .filter(it -> !ALLOWED.contains(it) && !it.startsWith("x-"))
              .forEach(
                  it ->
                      context
                          .problems()
                          .error(
                              Code.EXCLUSIVE,
                              thing.keyPlace(it),
                              TreePath.of(section, key, it),
                              "external and " + it + " exclude each other",
                              "remove one"));
        }
      }
    }
  }
}
