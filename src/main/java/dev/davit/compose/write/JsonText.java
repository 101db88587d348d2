package dev.davit.compose.write;

import dev.davit.compose.text.PrintedNumber;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.Iterator;
import java.util.Locale;

/// A tree as JSON, to the byte as docker compose writes it: what HTML would misread is escaped.
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  /// Two columns a level, and no line end at the end.
  static String pretty(Node tree) {
    return text(tree, true);
  }

  /// Without any space.
  static String compact(Node tree) {
    return text(tree, false);
  }

  private static String text(Node tree, boolean pretty) {
    var json = new JsonText(pretty);
    json.node(tree, "\n");
    return json.out.toString();
  }

  /// @param line a line end and the indentation of this node
  private void node(Node node, String line) {
    switch (node) {
      case Mapping mapping -> mapping(mapping, line);
      case Sequence list -> list(list, line);
      case Scalar scalar -> scalar(scalar);
    }
  }

  private void mapping(Mapping mapping, String line) {
    out.append('{');
    Iterator<String> keys = mapping.keys().iterator();
    while (keys.hasNext()) {
      String key = keys.next();
      begin(line);
      string(key);
      out.append(pretty ? ": " : ":");
      node(mapping.get(key).orElseThrow(), line + "  ");
      out.append(keys.hasNext() ? "," : "");
    }
    end(line, mapping.keys().isEmpty());
    out.append('}');
  }

  private void list(Sequence list, String line) {
    out.append('[');
    Iterator<Node> items = list.items().iterator();
    while (items.hasNext()) {
      begin(line);
      node(items.next(), line + "  ");
      out.append(items.hasNext() ? "," : "");
    }
    end(line, list.items().isEmpty());
    out.append(']');
  }

  private void begin(String line) {
    out.append(pretty ? line + "  " : "");
  }

  private void end(String line, boolean empty) {
    out.append(pretty && !empty ? line : "");
  }

  private void scalar(Scalar scalar) {
    switch (scalar.type()) {
      case TEXT, TEMPLATE -> string(scalar.text());
      case NULL -> out.append("null");
      case BOOL -> out.append(scalar.text().toLowerCase(Locale.ROOT));
      case INTEGER, DECIMAL -> number(PrintedNumber.json(scalar.text()));
    }
  }

  /// JSON has no infinity.
  private void number(String printed) {
    if (Character.isDigit(printed.charAt(printed.length() - 1))) {
      out.append(printed);
    } else {
      string(printed);
    }
  }

  private void string(String text) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text);
    } else {
      text.codePoints().forEach(this::character);
    }
    out.append('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || "\"\\<>&".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void character(int c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&', 0x2028, 0x2029 -> escape(c);
      default -> {
        // YAML takes these for line ends or not at all; the compact form is docker's to the byte
        if (c < 0x20 || (pretty && c >= 0x7F && c < 0xA0)) {
          escape(c);
        } else {
          out.appendCodePoint(
              Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? 0xFFFD : c);
        }
      }
    }
  }

  private void escape(int c) {
    out.append(String.format("\\u%04x", c));
  }
}
