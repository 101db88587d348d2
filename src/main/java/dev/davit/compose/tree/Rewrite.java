package dev.davit.compose.tree;

import java.util.ArrayList;

/// What becomes of the node at a path.
public interface Rewrite {
  Node apply(TreePath path, Node node);

  /// A tree with the rules of a table applied, a parent before its children.
  static Node all(Node tree, PathTable<Rewrite> table) {
    return all(tree, table, TreePath.ROOT);
  }

  private static Node all(Node node, PathTable<Rewrite> table, TreePath path) {
    Node changed = table.rule().map(rule -> rule.apply(path, node)).orElse(node);
    return table.isLeaf()
        ? changed
        : children(changed, path, (at, child) -> all(child, table.below(at.last()), at));
  }

  /// A node with each of its children rewritten.
  static Node children(Node node, TreePath path, Rewrite rewrite) {
    return switch (node) {
      case Mapping mapping -> mapping.mapValues((key, it) -> rewrite.apply(path.child(key), it));
      case Sequence list -> {
        var items = new ArrayList<Node>();
        for (Node item : list.items()) {
          items.add(rewrite.apply(path.item(items.size()), item));
        }
        yield new Sequence(items, list.place());
      }
      case Scalar scalar -> scalar;
    };
  }
}
