package dev.davit.compose.attribute;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping with known attributes and `x-` extensions.
///
/// @param attributes by name, in the order of the specification
public record ObjectShape(Map<String, Attribute> attributes) implements Shape {
  public ObjectShape {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  static ObjectShape of(List<Attribute> attributes) {
    var byName = new LinkedHashMap<String, Attribute>();
    for (Attribute attribute : attributes) {
      if (byName.put(attribute.name(), attribute) != null) {
        throw new IllegalArgumentException("two rows for " + attribute.name());
      }
    }
    return new ObjectShape(byName);
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
    return node instanceof Mapping mapping
        ? mapping.mapValues((key, value) -> attribute(path, mapping, key, value, problems))
        : node;
  }

  private Node attribute(
      TreePath path, Mapping mapping, String key, Node value, Problems problems) {
    Attribute attribute = attributes.get(key);
    if (attribute != null) {
      return attribute.form().checkValue(path.child(key), value, problems);
    }
    if (!key.startsWith("x-")) {
      problems.error(
          Code.UNKNOWN_ATTRIBUTE,
          mapping.keyPlace(key),
          path,
          "unknown attribute \"" + key + "\"",
          help(path, key, value));
      return problems.broken(value);
    }
    return value;
  }

  private @Nullable String help(TreePath path, String key, Node value) {
    String nearest = Suggestion.of(key, attributes.keySet());
    if (nearest != null) {
      return nearest;
    }
    boolean top = path.steps().isEmpty() && value instanceof Mapping;
    return Misplaced.help(path, key)
        .orElse(top ? "indent it below services: if it is a service" : null);
  }

  /// What is missing is a problem; whether nothing is.
  boolean complete(TreePath path, Mapping mapping, Problems problems) {
    boolean complete = true;
    for (Attribute it : attributes.values()) {
      if (it.mandatory() && !mapping.has(it.name())) {
        problems.error(
            Code.MISSING_ATTRIBUTE,
            mapping.place(),
            path,
            "attribute \"" + it.name() + "\" is missing",
            "add " + it.name() + ": and " + it.form().shape().noun());
        complete = false;
      }
    }
    return complete;
  }

  /// What is written and not honoured is told.
  void tell(TreePath path, Mapping mapping, Problems problems) {
    for (String key : mapping.keys()) {
      Attribute attribute = attributes.get(key);
      boolean honoured = attribute != null && attribute.support() instanceof Support.Honoured;
      if (attribute != null && !honoured && says(mapping.get(key).orElseThrow())) {
        attribute
            .support()
            .about("attribute \"" + key + "\"")
            .ifPresent(it -> it.tell(mapping.keyPlace(key), path.child(key), problems));
      }
    }
  }

  /// Whether something is asked for.
  private static boolean says(Node node) {
    return switch (node) {
      case Scalar scalar -> !scalar.isNull() && !scalar.text().equals("false");
      case Mapping mapping -> !mapping.keys().isEmpty();
      case Sequence list -> !list.items().isEmpty();
    };
  }

  /// With what is said of attributes that were left out.
  Mapping fill(Mapping mapping) {
    Mapping full = mapping;
    for (Attribute attribute : attributes.values()) {
      if (attribute.otherwise().isPresent()) {
        Attribute.Otherwise it = attribute.otherwise().get();
        full = full.withDefault(attribute.name(), it.at(mapping.place()));
      }
    }
    return full;
  }
}
