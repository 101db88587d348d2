package dev.davit.compose.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rules by tree path, as `services.*.ports`; a `*` stands for any one key or list index.
public final class PathTable<T> {
  private final Map<String, PathTable<T>> children = new HashMap<>();
  private @Nullable T rule;

  private PathTable() {}

  public static <T> PathTable<T> of(Map<String, T> rows) {
    var root = new PathTable<T>();
    rows.forEach(
        (pattern, rule) -> {
          PathTable<T> table = root;
          for (String step : pattern.split("\\.", -1)) {
            table = table.children.computeIfAbsent(step, _ -> new PathTable<>());
          }
          table.rule = rule;
        });
    return root;
  }

  /// The rule for exactly this path.
  public Optional<T> rule() {
    return Optional.ofNullable(rule);
  }

  /// The rules below one step, empty where there are none.
  public PathTable<T> below(String step) {
    PathTable<T> table = children.getOrDefault(step, children.get("*"));
    return table == null ? new PathTable<>() : table;
  }

  boolean isLeaf() {
    return children.isEmpty();
  }
}
