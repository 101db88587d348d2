package dev.davit.compose.tree;

import java.util.ArrayList;
import java.util.List;

/// The way from the root to a node; prints as `services.web.ports[0]`.
public record TreePath(List<String> steps) {
  public static final TreePath ROOT = new TreePath(List.of());

  public static TreePath of(String... steps) {
    return new TreePath(List.of(steps));
  }

  public TreePath child(String key) {
    var longer = new ArrayList<>(steps);
    longer.add(key);
    return new TreePath(List.copyOf(longer));
  }

  public TreePath item(int index) {
    return child("[" + index + "]");
  }

  /// The key or index it ends with.
  public String last() {
    return steps.getLast();
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    for (String step : steps) {
      out.append(out.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
    }
    return out.toString();
  }
}
