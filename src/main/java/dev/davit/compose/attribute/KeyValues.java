package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.util.EnumSet;

/// Values by key: a mapping, or a list of `KEY=VALUE`. Variables, labels and their like.
final class KeyValues {
  private static final Form VALUE =
      Forms.single("a single value", EnumSet.allOf(Scalar.Type.class), it -> it).replaced();

  static final Form KEY_VALUES =
      either(mapOf(VALUE), listOf("a list of KEY=VALUE", checked("KEY=VALUE", KeyValues::keyValue)))
          .longForm(KeyValues::mapping);

  /// As [#KEY_VALUES]; each key has a value.
  static final Form ASSIGNMENTS =
      either(
              mapOf(VALUE),
              listOf("a list of KEY=VALUE", checked("KEY=VALUE", KeyValues::assignment)))
          .longForm(KeyValues::mapping);

  /// As [#KEY_VALUES]; a key without value has an empty one.
  static final Form LABELS = Form.of(KEY_VALUES.shape()).longForm(it -> withoutNull(mapping(it)));

  private KeyValues() {}

  private static Node withoutNull(Mapping mapping) {
    return mapping.mapValues(
        (_, value) ->
            value instanceof Scalar scalar && scalar.isNull()
                ? Scalar.text("", scalar.place())
                : value);
  }

  private static void assignment(String text) {
    keyValue(text);
    if (!text.contains("=")) {
      throw MalformedException.invalid(
          Code.INVALID_KEY_VALUE, "KEY=VALUE", text, "write " + text + "=VALUE");
    }
  }

  private static void keyValue(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    if (key.isBlank() || !key.equals(key.strip())) {
      throw MalformedException.invalid(
          Code.INVALID_KEY_VALUE,
          "KEY=VALUE",
          text,
          "write a key, then = without spaces, then the value");
    }
  }

  /// `- KEY=VALUE` becomes `KEY: VALUE`, `- KEY` becomes `KEY:`; values become text.
  static Mapping mapping(Node node) {
    if (node instanceof Mapping mapping) {
      return mapping.mapValues((_, value) -> asText(value));
    }
    Mapping values = Mapping.empty(node.place());
    for (Scalar item : Forms.scalars(node)) {
      int equals = item.text().indexOf('=');
      String key = equals < 0 ? item.text() : item.text().substring(0, equals);
      Node value =
          equals < 0
              ? Scalar.nothing(item.place())
              : Scalar.text(item.text().substring(equals + 1), item.place());
      values = values.with(key, value);
    }
    return values;
  }

  private static Node asText(Node node) {
    return node instanceof Scalar scalar && !scalar.isNull() ? Forms.asText(scalar) : node;
  }
}
