package dev.davit.compose.load;

import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/// Variables that are mentioned but have no value: one warning each, with every place.
final class UnsetVariables {
  /// A mention and whether its text looks like something where `$` is no variable at all.
  private record Mention(Place place, TreePath path, boolean hash) {}

  private final Map<String, Map<Place, Mention>> mentions = new LinkedHashMap<>();

  /// @param text the whole value
  void add(String name, Place place, TreePath path, String text) {
    boolean hash = text.matches("(?s).*\\$(2[abxy]|1|5|6|apr1|argon2\\w*|y)\\$.*");
    mentions
        .computeIfAbsent(name, _ -> new LinkedHashMap<>())
        .putIfAbsent(place, new Mention(place, path, hash));
  }

  void report(Problems problems) {
    mentions.forEach(
        (name, places) -> {
          Mention first = places.values().iterator().next();
          boolean hash = places.values().stream().anyMatch(Mention::hash);
          var report =
              problems.warning(
                  Code.UNSET_VARIABLE,
                  first.place(),
                  first.path(),
                  "variable \"" + name + "\" is not set and becomes empty",
                  hash
                      ? "this looks like a password hash: write $$ for each $"
                      : "set it, or give a default: ${" + name + ":-}");
          places.keySet().stream().skip(1).forEach(report::also);
        });
  }
}
