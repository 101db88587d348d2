package dev.davit.compose.attribute;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Which items of a list mean the same thing.
final class Uniqueness {
  private Uniqueness() {}

  static Rule.Unique ofText() {
    return new Rule.Unique("text", item -> item instanceof Scalar scalar ? scalar.text() : "");
  }

  static Rule.Unique ofKey() {
    return new Rule.Unique(
        "text before =",
        item -> item instanceof Scalar scalar ? scalar.text().replaceFirst("=.*", "") : "");
  }

  static Rule.Unique by(List<String> names) {
    return new Rule.Unique(String.join(", ", names), item -> key(item, names));
  }

  private static String key(Node item, List<String> names) {
    return switch (item) {
      case Mapping it ->
          names.stream().map(name -> text(it, name)).collect(Collectors.joining("\n"));
      // a short form with variables in it that are not replaced
      case Scalar text -> text.text();
      case Sequence _ -> "";
    };
  }

  // Defaults are not written down yet where lists are made unique.
  private static String text(Mapping mapping, String name) {
    return mapping
        .text(name)
        .orElse(
            switch (name) {
              case "host_ip" -> "0.0.0.0";
              case "protocol" -> "tcp";
              default -> "";
            });
  }

  /// The list without repetitions.
  ///
  /// @param lost is told of every item whose place another one takes
  static Node apply(Rule.Unique rule, TreePath path, Node node, BiConsumer<TreePath, Node> lost) {
    if (!(node instanceof Sequence list)) {
      return node;
    }
    var indices = new HashMap<String, Integer>();
    var unique = new ArrayList<Node>();
    for (Node item : list.items()) {
      Integer earlier = indices.putIfAbsent(rule.key().apply(item), unique.size());
      if (earlier == null) {
        unique.add(item);
      } else {
        lost.accept(path.item(earlier), unique.set(earlier, item));
      }
    }
    return unique.size() == list.items().size() ? list : new Sequence(unique, list.place());
  }
}
