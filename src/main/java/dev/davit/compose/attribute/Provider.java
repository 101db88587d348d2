package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.TEXT;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.List;

/// `provider`: a program that stands for a service instead of containers.
final class Provider {
  /// A later single value replaces an earlier one: it becomes a list after the files are merged.
  private static final Form VALUES =
      either(TEXT, listOf("a list of values", TEXT))
          .filled(it -> it instanceof Scalar ? new Sequence(List.of(it), it.place()) : it);

  static final Attribute PROVIDER =
      attribute(
          "provider",
          object(attribute("type", STRING).required(), attribute("options", mapOf(VALUES))));

  private Provider() {}
}
