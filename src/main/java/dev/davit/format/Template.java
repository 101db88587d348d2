package dev.davit.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template of Go's text/template, as docker's `--format` takes it: fields, variables, pipes,
/// `if`, `range`, `with` and functions.
public final class Template {
  private final String text;
  private final List<Node> nodes;

  private Template(String text) {
    // A shell's '\t' reaches docker as two characters too.
    this.text = text;
    this.nodes = new Parser(text).parse();
  }

  /// Throws [TemplateException]. A `\t` or `\n` outside of actions may be written as two
  /// characters.
  public static Template parse(String text) {
    return new Template(unescaped(text));
  }

  private static String unescaped(String text) {
    var out = new StringBuilder();
    boolean action = false;
    for (int i = 0; i < text.length(); i++) {
      action = (action || text.startsWith("{{", i)) && !text.startsWith("}}", i);
      if (!action && text.startsWith("\\t", i)) {
        out.append('\t');
        i++;
      } else if (!action && text.startsWith("\\n", i)) {
        out.append('\n');
        i++;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /// Throws [TemplateException] for a field that `data` does not have.
  ///
  /// @param data records, maps, lists, texts, numbers and truth values
  public String render(@Nullable Object data) {
    return new Renderer(text, data).render(nodes);
  }

  /// The line above a table of such rows.
  String header(Class<? extends Record> row) {
    return new Renderer(text, new Renderer.Headers(Fields.of(row))).render(nodes);
  }
}
