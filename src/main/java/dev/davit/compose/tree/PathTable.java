package dev.davit.compose.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Rules by tree path, as `services.*.ports`; a `*` stands for any one key or list index.
public final class PathTable<T> {
  private final Map<String, PathTable<T>> children = new HashMap<>();
  private Optional<T> rule = Optional.empty();
  private final PathTable<T> nothing;

  private PathTable() {
    nothing = this;
  }

  private PathTable(PathTable<T> nothing) {
    this.nothing = nothing;
  }

  public static <T> PathTable<T> of(Map<String, T> rows) {
    var nothing = new PathTable<T>();
    var root = new PathTable<>(nothing);
    rows.forEach(
        (pattern, rule) -> {
          PathTable<T> table = root;
          for (String step : pattern.split("\\.", -1)) {
            table = table.children.computeIfAbsent(step, _ -> new PathTable<>(nothing));
          }
          table.rule = Optional.of(rule);
        });
    return root;
  }

  /// The rule for exactly this path.
  public Optional<T> rule() {
    return rule;
  }

  /// The rules below one step, empty where there are none.
  public PathTable<T> below(String step) {
    PathTable<T> table = children.get(step);
    return table == null ? children.getOrDefault("*", nothing) : table;
  }

  /// Whether there is no rule below any step.
  boolean isLeaf() {
    return children.isEmpty();
  }

  /// Whether there is no rule here or below.
  boolean isEmpty() {
    return children.isEmpty() && rule.isEmpty();
  }
}
