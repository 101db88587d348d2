package dev.davit.compose.load;

import dev.davit.compose.attribute.Rule.Merged;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Phase: later documents are laid over earlier ones. Mappings merge, lists append, a later scalar
/// wins and null keeps what was there; the schema says where it is otherwise.
final class Merge {
  private final Problems problems;

  private Merge(Problems problems) {
    this.problems = problems;
  }

  static Mapping all(List<Mapping> documents, Problems problems) {
    var merge = new Merge(problems);
    Node merged = documents.getFirst();
    for (Mapping document : documents.subList(1, documents.size())) {
      merged = merge.merge(TreePath.ROOT, Schema.merges(), merged, document);
    }
    return (Mapping) merged;
  }

  private Node merge(TreePath path, PathTable<Merged> table, Node base, Node over) {
    if (table.rule().isPresent()) {
      return table.rule().get().change().apply(base, over);
    }
    if (over instanceof Scalar scalar && scalar.isNull()) {
      return base;
    }
    if (base instanceof Scalar scalar && (scalar.isNull() || over instanceof Scalar)) {
      return over;
    }
    if (base instanceof Mapping below && over instanceof Mapping above) {
      return mappings(path, table, below, above);
    }
    if (base instanceof Sequence below && over instanceof Sequence above) {
      var items = new ArrayList<>(below.items());
      items.addAll(above.items());
      return new Sequence(items, above.place());
    }
    problems
        .error(
            Code.MERGE_CONFLICT,
            over.place(),
            path,
            over.kind() + " cannot be merged with " + base.kind())
        .note("to be merged with this", base.place());
    return base;
  }

  private Node mappings(TreePath path, PathTable<Merged> table, Mapping base, Mapping over) {
    var merged = new LinkedHashMap<String, Node>();
    for (String key : over.keys()) {
      Node above = over.get(key).orElseThrow();
      Node value =
          base.get(key)
              .map(below -> merge(path.child(key), table.below(key), below, above))
              .orElse(above);
      merged.put(key, value);
    }
    return base.withAll(merged);
  }
}
