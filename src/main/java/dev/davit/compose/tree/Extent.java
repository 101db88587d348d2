package dev.davit.compose.tree;

import java.util.stream.Stream;

/// How large a tree is, with what aliases add to it.
///
/// @param height levels below its root
record Extent(int nodes, int height) {
  static Extent of(Node node) {
    return switch (node) {
      case Mapping mapping -> above(mapping.entries().values().stream().map(Mapping.Entry::value));
      case Sequence list -> above(list.items().stream());
      case Scalar _ -> new Extent(1, 0);
    };
  }

  private static Extent above(Stream<Node> children) {
    Extent all = children.map(Extent::of).reduce(new Extent(0, 0), Extent::beside);
    return new Extent(all.nodes + 1, all.height + 1);
  }

  private Extent beside(Extent other) {
    return new Extent(nodes + other.nodes, Math.max(height, other.height));
  }
}
