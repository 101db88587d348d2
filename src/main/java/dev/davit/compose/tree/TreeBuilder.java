package dev.davit.compose.tree;

import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// The graph of one YAML document, with its aliases and merge keys, becomes a plain tree.
final class TreeBuilder {
  /// docker's bound against documents whose aliases multiply.
  private static final int MAX_NODES = 100_000;

  private static final Set<String> LATER_TAGS = Set.of("!reset", "!override");

  private final String file;
  private final Problems problems;
  private final Deque<org.yaml.snakeyaml.nodes.Node> ancestors = new ArrayDeque<>();
  private int nodes;

  private TreeBuilder(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  static Optional<Node> build(
      org.yaml.snakeyaml.nodes.Node document, String file, Problems problems) {
    if (document.getTag().equals(Tag.NULL)) {
      return Optional.empty();
    }
    var builder = new TreeBuilder(file, problems);
    Node tree = builder.node(document, TreePath.ROOT, null);
    if (builder.nodes > MAX_NODES) {
      problems.error(
          Code.ALIAS, tree.place(), TreePath.ROOT, "aliases make the document too large");
      return Optional.empty();
    }
    return Optional.of(tree);
  }

  private Node node(org.yaml.snakeyaml.nodes.Node node, TreePath path, @Nullable Place key) {
    Place own = place(node);
    Place place = key == null ? own : key;
    if (++nodes > MAX_NODES) {
      return Scalar.nothing(place);
    }
    if (ancestors.contains(node)) {
      problems.error(Code.ALIAS, place, path, "alias inside its own anchor");
      return Scalar.nothing(place);
    }
    if (LATER_TAGS.contains(node.getTag().getValue())) {
      problems.error(
          Code.NOT_SUPPORTED,
          own,
          path,
          "tag " + node.getTag().getValue() + " is not supported yet");
    }
    ancestors.push(node);
    try {
      return switch (node) {
        case MappingNode mapping -> mapping(mapping, path, place);
        case SequenceNode list -> list(list, path, place);
        case ScalarNode scalar -> scalar(scalar, own, place);
        default -> throw new IllegalStateException(node.getNodeId().toString());
      };
    } finally {
      ancestors.pop();
    }
  }

  private static Node scalar(ScalarNode scalar, Place own, Place key) {
    Scalar.Type type = CoreSchema.typeOf(scalar.getTag());
    return type == Scalar.Type.NULL
        ? Scalar.nothing(key)
        : new Scalar(type, scalar.getValue(), own);
  }

  private Node list(SequenceNode list, TreePath path, Place place) {
    var items = new ArrayList<Node>();
    for (var item : list.getValue()) {
      items.add(node(item, path.item(items.size()), null));
    }
    return new Sequence(items, place);
  }

  private Node mapping(MappingNode mapping, TreePath path, Place place) {
    var own = new LinkedHashMap<String, Entry>();
    var merged = new LinkedHashMap<String, Entry>();
    boolean hasMerge = false;
    for (NodeTuple tuple : mapping.getValue()) {
      Place at = place(tuple.getKeyNode());
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        if (hasMerge) {
          problems.error(
              Code.DUPLICATE_KEY,
              at,
              path,
              "duplicate key \"<<\"",
              "merge several with <<: [*a, *b]");
        }
        hasMerge = true;
        merge(node(tuple.getValueNode(), path, at), path, merged);
      } else {
        entry(tuple, path, own);
      }
    }
    merged.forEach(own::putIfAbsent);
    return new Mapping(own, place);
  }

  private void entry(NodeTuple tuple, TreePath path, Map<String, Entry> entries) {
    Place at = place(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)
        || CoreSchema.typeOf(scalar.getTag()) != Scalar.Type.TEXT) {
      String text =
          tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "a collection";
      problems.error(
          Code.KEY_NOT_TEXT, at, path, "key \"" + text + "\" must be a string", "put it in quotes");
      return;
    }
    String key = scalar.getValue();
    Entry first = entries.get(key);
    if (first != null) {
      problems
          .error(Code.DUPLICATE_KEY, at, path, "duplicate key \"" + key + "\"", "remove one")
          .note("first defined here", first.key());
      return;
    }
    entries.put(key, new Entry(at, node(tuple.getValueNode(), path.child(key), at)));
  }

  /// What is merged never replaces, and of several the first wins.
  private void merge(Node value, TreePath path, Map<String, Entry> into) {
    switch (value) {
      case Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case Sequence list when list.items().stream().allMatch(Mapping.class::isInstance) ->
          list.items().forEach(item -> merge(item, path, into));
      default ->
          problems.error(
              Code.MERGE_KEY,
              value.place(),
              path,
              "merge of " + value.kind(),
              "merge a mapping: <<: *name");
    }
  }

  private Place place(org.yaml.snakeyaml.nodes.Node node) {
    Mark start = node.getStartMark();
    Mark end = node.getEndMark();
    boolean oneLine = start.getLine() == end.getLine();
    int behind = oneLine ? end.getColumn() + 1 : Integer.MAX_VALUE;
    return new Place(file, start.getLine() + 1, start.getColumn() + 1, behind);
  }
}
