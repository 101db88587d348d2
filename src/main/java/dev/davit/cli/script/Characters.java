package dev.davit.cli.script;

/// A text that is read character by character, and the place where reading is.
final class Characters {
  static final char END = '\0';

  private final String text;
  private int index;
  private int line = 1;
  private int column = 1;

  Characters(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return index >= text.length();
  }

  /// The next character, [#END] behind the last one.
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int at = index + ahead;
    return at >= 0 && at < text.length() ? text.charAt(at) : END;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, index);
  }

  char next() {
    char c = text.charAt(index++);
    if (c == '\n') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
    return c;
  }

  void skip(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  int index() {
    return index;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  ScriptSyntaxException unfinished(String message, int atLine, int atColumn) {
    return new ScriptSyntaxException(message, atLine, atColumn, true);
  }

  ScriptSyntaxException wrong(String message) {
    return new ScriptSyntaxException(message, line, column, false);
  }
}
