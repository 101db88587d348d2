package dev.davit.compose.load;

import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Variables that are mentioned but have no value: one warning each, with every place.
final class UnsetVariables {
  /// A mention and whether its text looks like something where `$` is no variable at all.
  private record Mention(Place place, TreePath path, boolean hash) {}

  private static final Pattern HASH = Pattern.compile("\\$(2[abxy]|1|5|6|apr1|argon2\\w*|y)\\$");

  private final Map<String, Map<Place, Mention>> mentions = new LinkedHashMap<>();

  /// The value that was looked at last: one may mention many.
  private String last = "";

  private boolean hash;

  /// @param text the whole value
  void add(String name, Place place, TreePath path, String text) {
    if (!text.equals(last)) {
      last = text;
      hash = HASH.matcher(text).find();
    }
    mentions
        .computeIfAbsent(name, _ -> new LinkedHashMap<>())
        .putIfAbsent(place, new Mention(place, path, hash));
  }

  /// Warns of what has been mentioned since the last report.
  ///
  /// @param known the names of variables that are set
  void report(Problems problems, Set<String> known) {
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
                      : help(name, known));
          places.values().stream().skip(1).forEach(it -> report.also(it.path(), it.place()));
        });
    mentions.clear();
  }

  private static String help(String name, Set<String> known) {
    String set = "set it, or give a default: ${" + name + ":-}";
    // a label file does not see what is set outside
    return name.length() < 3 || known.contains(name) ? set : Suggestion.or(name, known, set);
  }
}
