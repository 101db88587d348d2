package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.alwaysList;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.List;

/// What brings other files into a project: `include` and a service's `extends`.
final class Composition {
  private static final Form FILES = alwaysList(STRING);

  private static final Form INCLUDED =
      either(
              STRING,
              object(
                  attribute("path", FILES),
                  attribute("project_directory", STRING),
                  attribute("env_file", FILES)))
          .alwaysLongForm(Composition::included);

  static final Attribute INCLUDE = attribute("include", either(listOf(INCLUDED), NOTHING));

  static final Attribute EXTENDS =
      attribute(
              "extends",
              either(
                      STRING,
                      object(attribute("service", STRING), attribute("file", STRING.onHost())))
                  .alwaysLongForm(Composition::extended))
          .unhashed();

  private Composition() {}

  private static Node included(Node node) {
    return node instanceof Scalar
        ? Mapping.empty(node.place()).with("path", new Sequence(List.of(node), node.place()))
        : node;
  }

  private static Node extended(Node node) {
    return node instanceof Scalar name && !name.isNull()
        ? Mapping.empty(node.place()).with("service", node)
        : node;
  }
}
