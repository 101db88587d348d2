package dev.davit.compose.load;

import dev.davit.compose.text.Suggestion;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A mapping with known keys and `x-` extensions.
///
/// @param later known to Compose, not yet to Davit: an error
/// @param ignored known to Compose, without effect on one machine: a warning
record ObjectShape(
    Map<String, Shape> fields, Set<String> required, Set<String> later, Set<String> ignored)
    implements Shape {

  static ObjectShape of() {
    return new ObjectShape(Map.of(), Set.of(), Set.of(), Set.of());
  }

  ObjectShape with(String key, Shape shape) {
    var more = new LinkedHashMap<>(fields);
    more.put(key, shape);
    return new ObjectShape(more, required, later, ignored);
  }

  ObjectShape withAll(Shape shape, String... keys) {
    ObjectShape more = this;
    for (String key : keys) {
      more = more.with(key, shape);
    }
    return more;
  }

  ObjectShape requires(String... keys) {
    return new ObjectShape(fields, Set.of(keys), later, ignored);
  }

  ObjectShape later(Set<String> keys) {
    return new ObjectShape(fields, required, keys, ignored);
  }

  ObjectShape ignores(Set<String> keys) {
    return new ObjectShape(fields, required, later, keys);
  }

  @Override
  public String noun() {
    return "a mapping";
  }

  @Override
  public boolean fits(Node node) {
    return node instanceof Mapping;
  }

  @Override
  public Node read(TreePath path, Node node, Problems problems) {
    if (!(node instanceof Mapping mapping)) {
      return node;
    }
    List<String> missing = required.stream().filter(key -> !mapping.has(key)).sorted().toList();
    for (String key : missing) {
      problems.error(
          Code.MISSING_ATTRIBUTE, mapping.place(), path, "attribute \"" + key + "\" is missing");
    }
    return mapping.mapValues((key, value) -> attribute(path, mapping, key, problems));
  }

  private Node attribute(TreePath path, Mapping mapping, String key, Problems problems) {
    Node value = mapping.get(key).orElseThrow();
    Shape shape = fields.get(key);
    if (shape != null) {
      return shape.check(path.child(key), value, problems);
    }
    if (later.contains(key)) {
      problems.error(
          Code.NOT_SUPPORTED,
          mapping.keyPlace(key),
          path.child(key),
          "attribute \"" + key + "\" is not supported yet");
    } else if (ignored.contains(key)) {
      problems.warning(
          Code.NO_EFFECT,
          mapping.keyPlace(key),
          path.child(key),
          "attribute \"" + key + "\" has no effect",
          null);
    } else if (!key.startsWith("x-")) {
      String nearest = Suggestion.of(key, known());
      boolean top = path.steps().isEmpty() && value instanceof Mapping;
      problems.error(
          Code.UNKNOWN_ATTRIBUTE,
          mapping.keyPlace(key),
          path,
          "unknown attribute \"" + key + "\"",
          nearest == null && top ? "indent it below services: if it is a service" : nearest);
    }
    return value;
  }

  private Set<String> known() {
    var known = new HashSet<>(fields.keySet());
    known.addAll(later);
    known.addAll(ignored);
    return known;
  }
}
