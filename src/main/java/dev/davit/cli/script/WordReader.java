package dev.davit.cli.script;

/// Reads words as a POSIX shell does: quotes of both kinds and backslashes; nothing is expanded.
final class WordReader {
  private static final String ENDS = " \t\r\n;|&<>";
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final Characters in;

  WordReader(Characters in) {
    this.in = in;
  }

  static boolean ends(char c) {
    return ENDS.indexOf(c) >= 0;
  }

  /// The word that begins here.
  Word read() {
    int line = in.line();
    int column = in.column();
    var text = new StringBuilder();
    int end = column;
    while (!in.atEnd() && !ends(in.peek())) {
      switch (in.peek()) {
        case '\'' -> quoted(text, '\'');
        case '"' -> quoted(text, '"');
        case '\\' -> escaped(text);
        default -> text.append(in.next());
      }
      end = in.line() == line ? in.column() : Math.max(end, column + 1);
    }
    return new Word(text.toString(), line, column, end);
  }

  /// Passes over one quoted part, or over a backslash and what it escapes.
  void skipQuoted() {
    switch (in.peek()) {
      case '\\' -> escaped(new StringBuilder());
      default -> quoted(new StringBuilder(), in.peek());
    }
  }

  private void escaped(StringBuilder text) {
    int line = in.line();
    int column = in.column();
    in.next();
    if (in.atEnd()) {
      throw in.unfinished("nothing behind the backslash", line, column);
    }
    char c = in.next();
    if (c != '\n') {
      text.append(c);
    }
  }

  private void quoted(StringBuilder text, char quote) {
    int line = in.line();
    int column = in.column();
    in.next();
    while (in.peek() != quote || in.atEnd()) {
      if (in.atEnd()) {
        throw in.unfinished("quote " + quote + " is not closed", line, column);
      }
      boolean escape =
          quote == '"' && in.peek() == '\\' && ESCAPED_IN_QUOTES.indexOf(in.peek(1)) >= 0;
      if (escape) {
        in.next();
      }
      text.append(in.next());
    }
    in.next();
  }
}
