package dev.davit.compose.load;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Template;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values with variables in them that are not replaced.
final class Templates {
  private Templates() {}

  /// Phase: a value that mentions variables may become anything.
  static Mapping marked(Mapping tree) {
    return (Mapping) mark(TreePath.ROOT, tree);
  }

  private static Node mark(TreePath path, Node node) {
    if (!(node instanceof Scalar scalar)) {
      return Rewrite.children(node, path, Templates::mark);
    }
    return mentions(scalar).isEmpty()
        ? scalar
        : new Scalar(Scalar.Type.TEMPLATE, scalar.text(), scalar.place());
  }

  static List<Template.Mention> mentions(Scalar scalar) {
    try {
      return scalar.type() == Scalar.Type.TEXT || scalar.isTemplate()
          ? Template.mentions(scalar.text())
          : List.of();
    } catch (MalformedException e) {
      return List.of();
    }
  }

  /// The variables that a tree mentions, by name. Of several mentions of one the first with a
  /// default counts, and it is required where any mention says so.
  static Map<String, Template.Mention> variables(Node tree) {
    var all = new ArrayList<Template.Mention>();
    collect(tree, all);
    var byName = new TreeMap<String, Template.Mention>();
    all.forEach(mention -> byName.merge(mention.name(), mention, Template.Mention::with));
    return byName;
  }

  private static void collect(Node node, List<Template.Mention> all) {
    switch (node) {
      case Scalar scalar -> all.addAll(mentions(scalar));
      case Mapping mapping -> mapping.keys().forEach(it -> collect(mapping.get(it).get(), all));
      case Sequence list -> list.items().forEach(it -> collect(it, all));
    }
  }
}
