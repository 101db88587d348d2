package dev.davit.compose.attribute;

import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a known attribute belongs that stands somewhere else.
final class Misplaced {
  private static final int MANY = 2;

  private Misplaced() {}

  /// `write it below services.web.deploy`, where there are not too many such places.
  ///
  /// @param path of the mapping that it stands in
  static Optional<String> help(TreePath path, String key) {
    List<String> nearest = List.of();
    int shared = 0;
    for (Row row : Schema.rows()) {
      if (row.pattern().equals(key) || row.pattern().endsWith("." + key)) {
        List<String> pattern = List.of(row.pattern().split("\\."));
        List<String> parent = pattern.subList(0, pattern.size() - 1);
        int common = common(parent, path.steps());
        Optional<String> place = place(parent, path.steps(), common);
        if (place.isPresent() && common >= shared) {
          nearest = common > shared ? List.of() : nearest;
          shared = common;
          nearest = with(nearest, place.get());
        }
      }
    }
    return nearest.isEmpty() || nearest.size() > MANY
        ? Optional.empty()
        : Optional.of("write it below " + String.join(" or ", nearest));
  }

  /// How many steps a pattern and a path have in common at their start.
  private static int common(List<String> pattern, List<String> path) {
    int common = 0;
    while (common < Math.min(pattern.size(), path.size())
        && (pattern.get(common).equals("*") || pattern.get(common).equals(path.get(common)))) {
      common++;
    }
    return common;
  }

  /// A pattern with names for its stars; of a service that is not known, `services.NAME`.
  private static Optional<String> place(List<String> pattern, List<String> path, int common) {
    var place = new StringBuilder();
    for (int i = 0; i < pattern.size(); i++) {
      boolean star = pattern.get(i).equals("*");
      if (star && i >= common && i > 1) {
        return Optional.empty();
      }
      String name = star && i >= common ? "NAME" : pattern.get(i);
      String step = i < common ? path.get(i) : name;
      place.append(place.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
    }
    return place.isEmpty() ? Optional.empty() : Optional.of(place.toString());
  }

  private static List<String> with(List<String> places, String place) {
    if (places.contains(place)) {
      return places;
    }
    var more = new ArrayList<>(places);
    more.add(place);
    return more;
  }
}
