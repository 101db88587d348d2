package dev.davit.compose.write;

import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.math.BigDecimal;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A tree as JSON, indented by two spaces.
final class JsonText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final ObjectWriter WRITER = writer();

  private JsonText() {}

  static String of(Node tree) {
    return WRITER.writeValueAsString(json(tree)) + "\n";
  }

  private static ObjectWriter writer() {
    var separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var lines = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    return JsonMapper.builder()
        .defaultPrettyPrinter(printer)
        .build()
        .writerWithDefaultPrettyPrinter();
  }

  private static JsonNode json(Node node) {
    return switch (node) {
      case Mapping mapping -> {
        ObjectNode object = JSON.objectNode();
        mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
        yield object;
      }
      case Sequence list -> {
        ArrayNode array = JSON.arrayNode();
        list.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Scalar scalar -> scalar(scalar);
    };
  }

  private static JsonNode scalar(Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> JSON.stringNode(scalar.text());
      case NULL -> JSON.nullNode();
      case BOOL -> JSON.booleanNode(Numbers.flag(scalar.text()));
      case INTEGER, DECIMAL -> number(scalar.text());
    };
  }

  /// Extensions may hold numbers that JSON cannot write: infinity, octal.
  private static JsonNode number(String text) {
    return text.matches("[-+]?(0|[1-9][0-9]*|[0-9]*\\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
        ? JSON.numberNode(new BigDecimal(text))
        : JSON.stringNode(text);
  }
}
