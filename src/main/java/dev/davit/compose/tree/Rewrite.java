package dev.davit.compose.tree;

/// What becomes of the node at a path.
public interface Rewrite {
  Node apply(TreePath path, Node node);

  /// What a rule of a table makes of the node at its place.
  interface ByRule<R> {
    Node apply(R rule, TreePath path, Node node);
  }

  /// A tree with the rules of a table applied, a parent before its children.
  static <R> Node all(Node tree, PathTable<R> table, ByRule<R> change) {
    return all(TreePath.ROOT, tree, table, change);
  }

  private static <R> Node all(TreePath path, Node node, PathTable<R> table, ByRule<R> change) {
    Node changed = table.rule().map(rule -> change.apply(rule, path, node)).orElse(node);
    return table.isLeaf()
        ? changed
        : children(changed, path, (at, it) -> all(at, it, table.below(at.last()), change));
  }

  /// A node with each of its children rewritten; the node itself if none of them changes.
  static Node children(Node node, TreePath path, Rewrite rewrite) {
    return switch (node) {
      case Mapping mapping -> mapping.mapValues((key, it) -> rewrite.apply(path.child(key), it));
      case Sequence list -> list.mapItems((index, it) -> rewrite.apply(path.item(index), it));
      case Scalar scalar -> scalar;
    };
  }
}
