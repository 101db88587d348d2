package dev.davit.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a template into text and the words of its actions.
final class Lexer {
  enum Kind {
    TEXT,
    OPEN,
    CLOSE,
    /// `.Name`, or `.` alone
    FIELD,
    VARIABLE,
    WORD,
    STRING,
    NUMBER,
    /// `|`, `(`, `)`, `,`, `=`, `:=`
    SIGN,
    END
  }

  /// @param value what it means: a string without its quotes, a field without its dot
  /// @param spaced whether white space stands before it
  record Token(Kind kind, String value, Span span, boolean spaced) {
    boolean is(String sign) {
      return kind == Kind.SIGN && value.equals(sign);
    }

    boolean isWord(String word) {
      return kind == Kind.WORD && value.equals(word);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    boolean trim = false;
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      int end = open < 0 ? text.length() : open;
      boolean trimEnd = open >= 0 && text.startsWith("{{- ", open);
      text(at, end, trim, trimEnd);
      at = end;
      trim = open >= 0 && action(trimEnd);
    }
    add(Kind.END, "", at, false);
    return tokens;
  }

  private void text(int from, int to, boolean trimStart, boolean trimEnd) {
    String part = text.substring(from, to);
    part = trimStart ? part.stripLeading() : part;
    part = trimEnd ? part.stripTrailing() : part;
    if (!part.isEmpty()) {
      tokens.add(new Token(Kind.TEXT, part, new Span(from, to), false));
    }
  }

  // Returns whether white space behind the action is to go.
  private boolean action(boolean trimmed) {
    int open = at;
    at += trimmed ? 3 : 2;
    int comment = skipSpace();
    if (text.startsWith("/*", comment)) {
      return comment(open);
    }
    add(Kind.OPEN, "{{", open, false);
    while (true) {
      int before = at;
      skipSpace();
      boolean spaced = at > before;
      if (at >= text.length()) {
        throw wrong(open, open + 2, "action that does not end", "close it with }}");
      }
      if (text.startsWith("}}", at) || (spaced && text.startsWith("-}}", at))) {
        boolean trims = text.charAt(at) == '-';
        int close = at;
        at += trims ? 3 : 2;
        add(Kind.CLOSE, "}}", close, false);
        return trims;
      }
      word(spaced);
    }
  }

  private boolean comment(int open) {
    int end = text.indexOf("*/", at);
    int close = end < 0 ? -1 : text.indexOf("}}", end);
    if (close < 0) {
      throw wrong(open, open + 2, "comment that does not end", "close it with */}}");
    }
    at = close + 2;
    return text.substring(end + 2, close).endsWith("-");
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private void word(boolean spaced) {
    int start = at;
    char c = text.charAt(at);
    if (c == '"') {
      quoted(spaced);
    } else if (c == '`') {
      raw(spaced);
    } else if (c == '.' || c == '$') {
      at++;
      name();
      add(
          c == '.' ? Kind.FIELD : Kind.VARIABLE,
          c == '.' ? slice(start + 1) : slice(start),
          start,
          spaced);
    } else if (Character.isDigit(c)
        || (c == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
      number(spaced);
    } else if (Character.isLetter(c) || c == '_') {
      name();
      add(Kind.WORD, slice(start), start, spaced);
    } else if (text.startsWith(":=", at)) {
      at += 2;
      add(Kind.SIGN, ":=", start, spaced);
    } else if ("|(),=".indexOf(c) >= 0) {
      at++;
      add(Kind.SIGN, String.valueOf(c), start, spaced);
    } else {
      throw wrong(start, start + 1, "unexpected \"" + c + "\"", null);
    }
  }

  private void name() {
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
  }

  private String slice(int start) {
    return text.substring(start, at);
  }

  private void number(boolean spaced) {
    int start = at++;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    add(Kind.NUMBER, slice(start), start, spaced);
  }

  private void raw(boolean spaced) {
    int start = at;
    int end = text.indexOf('`', at + 1);
    if (end < 0) {
      throw wrong(start, start + 1, "string that does not end", "close it with `");
    }
    at = end + 1;
    add(Kind.STRING, text.substring(start + 1, end), start, spaced);
  }

  private void quoted(boolean spaced) {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      value.append(c == '\\' && at < text.length() ? escape(text.charAt(at++)) : c);
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      throw wrong(start, start + 1, "string that does not end", "close it with \"");
    }
    at++;
    add(Kind.STRING, value.toString(), start, spaced);
  }

  private char escape(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '"', '\'' -> c;
      default ->
          throw wrong(at - 2, at, "unknown escape \"\\" + c + "\"", "write \\n, \\t or \\\\");
    };
  }

  private void add(Kind kind, String value, int start, boolean spaced) {
    tokens.add(new Token(kind, value, new Span(start, at), spaced));
  }

  private TemplateException wrong(int start, int end, String message, @Nullable String help) {
    return new TemplateException(text, new Span(start, end), message, help);
  }
}
