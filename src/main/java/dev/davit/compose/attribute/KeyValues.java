package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

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
          .alwaysLongForm(KeyValues::mapping);

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
    var values = Mapping.empty(node.place()).draft();
    for (Scalar item : Forms.scalars(node)) {
      int equals = item.text().indexOf('=');
      String key = equals < 0 ? item.text() : item.text().substring(0, equals);
      Node value =
          equals < 0
              ? Scalar.nothing(item.place())
              : Scalar.text(item.text().substring(equals + 1), item.place());
      values.set(key, value);
    }
    return values.done();
  }

  /// As [#laidAsLists]; the last of a key stays.
  static Node laidOnceByKey(Node base, Node over, Rule.Merged.Plainly plainly) {
    Node laid = laidAsLists(base, over, plainly);
    return Uniqueness.apply(Uniqueness.ofKey(), TreePath.ROOT, laid, (_, _) -> {});
  }

  /// Laid over each other as docker compose lays the written forms: as lists of `KEY=VALUE`.
  static Node laidAsLists(Node base, Node over, Rule.Merged.Plainly plainly) {
    if (isNothing(over)) {
      return base;
    }
    var items = new ArrayList<>(items(base));
    items.addAll(items(over));
    return new Sequence(items, base.place());
  }

  private static boolean isNothing(Node node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  private static List<Node> items(Node node) {
    return switch (node) {
      case Sequence list -> list.items();
      case Scalar scalar -> scalar.isNull() ? List.of() : List.of(scalar);
      case Mapping mapping ->
          mapping.keys().stream()
              .flatMap(key -> assignments(key, mapping.get(key).orElseThrow()))
              .sorted(Comparator.comparing(Scalar::text))
              .<Node>map(it -> it)
              .toList();
    };
  }

  /// A key of several values, as a host of several addresses, is written once for each.
  private static Stream<Scalar> assignments(String key, Node value) {
    if (value instanceof Sequence several) {
      return Forms.scalars(several).stream().flatMap(it -> assignments(key, it));
    }
    boolean nothing = isNothing(value) || !(value instanceof Scalar);
    String text = nothing ? key : key + "=" + Forms.asText((Scalar) value).text();
    return Stream.of(Scalar.text(text, value.place()));
  }

  private static Node asText(Node node) {
    return node instanceof Scalar scalar && !scalar.isNull() ? Forms.asText(scalar) : node;
  }
}
