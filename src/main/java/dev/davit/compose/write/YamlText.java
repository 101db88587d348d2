package dev.davit.compose.write;

import dev.davit.compose.text.PrintedNumber;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;

/// A tree as YAML that YAML 1.1 and 1.2 read alike, laid out as docker compose does: two columns a
/// level, lists indented, lines never folded.
final class YamlText {
  /// A longer key stands on a line of its own behind a `?`; YAML allows no more on one line.
  private static final int LONGEST_KEY = 128;

  private static final String LEVEL = "  ";

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(Node tree) {
    var text = new YamlText();
    text.node(tree, "", true);
    return text.out.toString();
  }

  /// @param indent of the lines of this node
  /// @param inLine whether the first line has begun: `- ` stands there
  private void node(Node node, String indent, boolean inLine) {
    switch (node) {
      case Mapping mapping when mapping.keys().isEmpty() -> out.append("{}\n");
      case Mapping mapping -> mapping(mapping, indent, inLine);
      case Sequence list when list.items().isEmpty() -> out.append("[]\n");
      case Sequence list -> list(list, indent, inLine);
      case Scalar scalar -> scalar(scalar, indent);
    }
  }

  private void mapping(Mapping mapping, String indent, boolean inLine) {
    boolean begun = inLine;
    for (var entry : mapping.entries().entrySet()) {
      out.append(begun ? "" : indent);
      entry(entry.getKey(), entry.getValue().value(), indent);
      begun = false;
    }
  }

  private void entry(String key, Node value, String indent) {
    boolean simple = key.indexOf('\n') < 0 && utf8Length(key) <= LONGEST_KEY;
    if (simple) {
      out.append(YamlScalar.inline(key, YamlScalar.style(key))).append(':');
      below(value, indent + LEVEL);
    } else {
      out.append("? ");
      text(key, indent + LEVEL);
      out.append(indent).append(": ");
      node(value, indent + LEVEL, true);
    }
  }

  /// A value behind its key: on the same line, or below it.
  private void below(Node value, String indent) {
    boolean lines =
        switch (value) {
          case Mapping mapping -> !mapping.keys().isEmpty();
          case Sequence list -> !list.items().isEmpty();
          case Scalar _ -> false;
        };
    out.append(lines ? '\n' : ' ');
    node(value, indent, !lines);
  }

  private void list(Sequence list, String indent, boolean inLine) {
    boolean begun = inLine;
    for (Node item : list.items()) {
      out.append(begun ? "" : indent).append("- ");
      node(item, indent + LEVEL, true);
      begun = false;
    }
  }

  private void scalar(Scalar scalar, String indent) {
    switch (scalar.type()) {
      case TEXT, TEMPLATE -> text(scalar.text(), indent);
      case NULL -> out.append("null\n");
      case BOOL -> out.append(scalar.text().toLowerCase(java.util.Locale.ROOT)).append('\n');
      case INTEGER, DECIMAL -> out.append(number(scalar.text())).append('\n');
    }
  }

  private static String number(String written) {
    String printed = PrintedNumber.yaml(written);
    return switch (printed) {
      case "+Inf" -> ".inf";
      case "-Inf" -> "-.inf";
      case "NaN" -> ".nan";
      default -> printed;
    };
  }

  private void text(String text, String indent) {
    YamlScalar.Style style = YamlScalar.style(text);
    if (style != YamlScalar.Style.LITERAL) {
      out.append(YamlScalar.inline(text, style)).append('\n');
      return;
    }
    out.append('|').append(YamlScalar.blockHeader(text)).append('\n');
    String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : content.split("\n", -1)) {
      out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }
}
