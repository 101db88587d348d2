package dev.davit.compose.load;

import dev.davit.compose.attribute.Rule.Merged;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Mapping.Entry;
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
  private final Candidates candidates;
  private final PathTable<Merged> rules;

  private Merge(Problems problems, Candidates candidates, PathTable<Merged> rules) {
    this.problems = problems;
    this.candidates = candidates;
    this.rules = rules;
  }

  static Merge of(Context context) {
    return of(context, context.candidates());
  }

  static Merge of(Context context, Candidates candidates) {
    boolean raw = !context.options().interpolate();
    return new Merge(context.problems(), candidates, raw ? Schema.rawMerges() : Schema.merges());
  }

  /// A document laid over what the documents before it gave.
  ///
  /// @param clearings what the document's tags take away from them
  Mapping documents(Mapping base, Mapping over, List<Clearing> clearings) {
    return (Mapping) merge(TreePath.ROOT, rules, cleared(TreePath.ROOT, base, clearings), over);
  }

  /// One part laid over another, as those of two documents at a path.
  Mapping parts(TreePath path, Mapping base, Mapping over) {
    PathTable<Merged> table = rules;
    for (String step : path.steps()) {
      table = table.below(step);
    }
    return (Mapping) merge(path, table, base, over);
  }

  /// The part of a tree at a path without what tags take away from it.
  Mapping cleared(TreePath path, Mapping base, List<Clearing> clearings) {
    int depth = path.steps().size();
    Mapping left = base;
    for (Clearing clearing : clearings) {
      List<String> steps = clearing.path().steps();
      left = clear(left, clearing, steps.subList(depth, steps.size()));
    }
    return left;
  }

  private Mapping clear(Mapping base, Clearing clearing, List<String> steps) {
    String key = steps.getFirst();
    Node below = base.get(key).orElse(null);
    if (steps.size() == 1 && below != null) {
      candidates.clear(clearing, below);
      return base.without(key);
    }
    return below instanceof Mapping mapping && steps.size() > 1
        ? base.with(key, clear(mapping, clearing, steps.subList(1, steps.size())))
        : base;
  }

  private Node merge(TreePath path, PathTable<Merged> table, Node base, Node over) {
    if (table.rule().isEmpty()) {
      return plainly(path, table, base, over);
    }
    Node merged = table.rule().get().change().apply(base, over, new Below(path, table));
    if (merged.place().equals(over.place())) {
      candidates.add(path, base);
    }
    return merged;
  }

  /// For rules that say only something about a part.
  private final class Below implements Merged.Plainly {
    private final TreePath path;
    private final PathTable<Merged> table;

    Below(TreePath path, PathTable<Merged> table) {
      this.path = path;
      this.table = table;
    }

    @Override
    public Node merge(Node base, Node over) {
      return plainly(path, table, base, over);
    }

    @Override
    public Node merge(int index, Node base, Node over) {
      TreePath item = path.item(index);
      return Merge.this.merge(item, table.below(item.last()), base, over);
    }
  }

  private Node plainly(TreePath path, PathTable<Merged> table, Node base, Node over) {
    if (over instanceof Scalar scalar && scalar.isNull()) {
      return base;
    }
    if (base instanceof Scalar) {
      candidates.add(path, base);
      return over;
    }
    if (base instanceof Mapping below && over instanceof Mapping above) {
      return mappings(path, table, below, above);
    }
    if (base instanceof Sequence below && over instanceof Sequence above) {
      var items = new ArrayList<>(below.items());
      items.addAll(above.items());
      return new Sequence(items, below.place());
    }
    problems
        .error(
            Code.MERGE_CONFLICT,
            over.place(),
            path,
            over.kind() + " cannot be merged with " + base.kind(),
            "write " + base.kind() + ", or replace it with the tag !override")
        .note("to be merged with this", base.place());
    return base;
  }

  private Node mappings(TreePath path, PathTable<Merged> table, Mapping base, Mapping over) {
    var merged = new LinkedHashMap<>(base.entries());
    over.entries()
        .forEach(
            (key, above) ->
                merged.merge(
                    key,
                    above,
                    (below, _) -> laid(path.child(key), table.below(key), below, above)));
    return new Mapping(merged, base.place());
  }

  /// The key stands where its value does.
  private Entry laid(TreePath path, PathTable<Merged> table, Entry below, Entry above) {
    Node value = merge(path, table, below.value(), above.value());
    return value.place().equals(above.value().place()) ? above : new Entry(below.key(), value);
  }
}
