package dev.davit.compose.attribute;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Which items of a list mean the same thing.
final class Uniqueness {
  private Uniqueness() {}

  static Rule.Unique ofText() {
    return new Rule.Unique("text", item -> item instanceof Scalar scalar ? scalar.text() : "");
  }

  static Rule.Unique by(List<String> names) {
    return new Rule.Unique(String.join(", ", names), item -> key(item, names));
  }

  private static String key(Node item, List<String> names) {
    return item instanceof Mapping it
        ? names.stream().map(name -> text(it, name)).collect(Collectors.joining("\n"))
        : "";
  }

  // Defaults are not written down yet where lists are made unique.
  private static String text(Mapping mapping, String name) {
    return mapping.text(name).orElse(name.equals("protocol") ? "tcp" : "");
  }

  /// The list without repetitions.
  static Node apply(Rule.Unique rule, Node node) {
    if (!(node instanceof Sequence list)) {
      return node;
    }
    var unique = new LinkedHashMap<String, Node>();
    list.items().forEach(item -> unique.put(rule.key().apply(item), item));
    return new Sequence(List.copyOf(unique.values()), list.place());
  }
}
