package dev.davit.compose.tree;

import java.util.List;

/// How large a tree is, with what aliases add to it.
///
/// @param height levels below its root
record Extent(int nodes, int height) {
  static Extent of(Node node) {
    return switch (node) {
      case Mapping mapping ->
          above(mapping.entries().values().stream().map(it -> of(it.value())).toList());
      case Sequence list -> above(list.items().stream().map(Extent::of).toList());
      case Scalar _ -> new Extent(1, 0);
    };
  }

  private static Extent above(List<Extent> children) {
    int nodes = 1;
    int height = 0;
    for (Extent child : children) {
      nodes += child.nodes;
      height = Math.max(height, child.height);
    }
    return new Extent(nodes, height + 1);
  }
}
