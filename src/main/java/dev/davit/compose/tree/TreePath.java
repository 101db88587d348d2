package dev.davit.compose.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The way from the root to a node; prints as `services.web.ports[0]`.
///
/// @param parent null at the root
/// @param last the key or index it ends with
public record TreePath(@Nullable TreePath parent, String last) {
  public static final TreePath ROOT = new TreePath(null, "");

  /// The names of the first items, made once.
  private static final String[] FIRST =
      IntStream.range(0, 32).mapToObj(index -> "[" + index + "]").toArray(String[]::new);

  public static TreePath of(String... steps) {
    TreePath path = ROOT;
    for (String step : steps) {
      path = path.child(step);
    }
    return path;
  }

  public TreePath child(String key) {
    return new TreePath(this, key);
  }

  public TreePath item(int index) {
    return child(index < FIRST.length ? FIRST[index] : "[" + index + "]");
  }

  public List<String> steps() {
    Deque<String> steps = new ArrayDeque<>();
    for (TreePath at = this; at.parent != null; at = at.parent) {
      steps.push(at.last);
    }
    return List.copyOf(steps);
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    for (String step : steps()) {
      out.append(out.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
    }
    return out.toString();
  }
}
