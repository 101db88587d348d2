package dev.davit.compose.load;

import static java.util.Map.entry;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Phase: later documents are laid over earlier ones. Mappings merge, lists append, a later scalar
/// wins and null keeps what was there; the table says where it is otherwise.
final class Merge {
  private interface Rule {
    Node apply(Node base, Node over);
  }

  private static final PathTable<Rule> TABLE =
      PathTable.of(
          Map.ofEntries(
              entry("services.*.annotations.*", Merge::replace),
              entry("services.*.command", Merge::replace),
              entry("services.*.entrypoint", Merge::replace),
              entry("services.*.environment.*", Merge::replace),
              entry("services.*.healthcheck.test", Merge::replace),
              entry("services.*.labels.*", Merge::replace),
              entry("services.*.logging", Merge::logging),
              entry("services.*.sysctls.*", Merge::replace),
              entry("services.*.ulimits.*", Merge::replace)));

  private final Problems problems;

  private Merge(Problems problems) {
    this.problems = problems;
  }

  static Mapping all(List<Mapping> documents, Problems problems) {
    var merge = new Merge(problems);
    Node merged = documents.getFirst();
    for (Mapping document : documents.subList(1, documents.size())) {
      merged = merge.merge(TreePath.ROOT, TABLE, merged, document);
    }
    return (Mapping) merged;
  }

  private Node merge(TreePath path, PathTable<Rule> table, Node base, Node over) {
    if (table.rule().isPresent()) {
      return table.rule().get().apply(base, over);
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

  private Node mappings(TreePath path, PathTable<Rule> table, Mapping base, Mapping over) {
    Mapping merged = base;
    for (String key : over.keys()) {
      Node above = over.get(key).orElseThrow();
      Node value =
          base.get(key)
              .map(below -> merge(path.child(key), table.below(key), below, above))
              .orElse(above);
      merged = merged.with(key, value);
    }
    return merged;
  }

  private static Node replace(Node base, Node over) {
    return over;
  }

  /// Options of one driver mean nothing to another.
  private static Node logging(Node base, Node over) {
    if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
      return over;
    }
    boolean other =
        below.has("driver") && above.has("driver") && !driver(below).equals(driver(above));
    if (other) {
      return above;
    }
    Mapping options = below.mapping("options");
    for (var entry : above.mapping("options").entries().entrySet()) {
      options = options.with(entry.getKey(), entry.getValue().value());
    }
    Mapping merged = above.has("driver") ? below.with("driver", above.get("driver").get()) : below;
    return options.keys().isEmpty() ? merged : merged.with("options", options);
  }

  private static String driver(Mapping logging) {
    return logging.get("driver").orElse(null) instanceof Scalar driver ? driver.text() : "";
  }
}
