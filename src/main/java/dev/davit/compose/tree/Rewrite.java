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
    Node changed = table.rule().isPresent() ? change.apply(table.rule().get(), path, node) : node;
    if (table.isLeaf()) {
      return changed;
    }
    return changed instanceof Mapping mapping
        ? mapping.mapValues((key, it) -> value(path, key, it, table.below(key), change))
        : children(changed, path, (at, it) -> all(at, it, table.below(at.last()), change));
  }

  /// Most keys have no rules: there is nothing to look at below them.
  private static <R> Node value(
      TreePath path, String key, Node node, PathTable<R> table, ByRule<R> change) {
    return table.isEmpty() ? node : all(path.child(key), node, table, change);
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
