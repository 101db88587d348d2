package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.word;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Place;

/// `depends_on`: which services come before.
final class DependsOn {
  private static final Form CONDITION =
      word("condition", "service_started", "service_healthy", "service_completed_successfully");

  private static final Form DEPENDENCY =
      object(
          attribute("condition", CONDITION).required(),
          attribute("restart", FLAG),
          attribute("required", FLAG).otherwise(true));

  static final Attribute DEPENDS_ON =
      attribute("depends_on", either(STRINGS, mapOf(DEPENDENCY)).alwaysLongForm(DependsOn::byName))
          .unhashed();

  private DependsOn() {}

  private static Node byName(Node node) {
    if (node instanceof Mapping) {
      return node;
    }
    var all = Mapping.empty(node.place()).draft();
    for (Scalar name : Forms.scalars(node)) {
      Place at = name.place();
      Mapping started = Mapping.empty(at).with("condition", Scalar.text("service_started", at));
      all.set(name.text(), started.with("required", Scalar.bool(true, at)));
    }
    return all.done();
  }
}
