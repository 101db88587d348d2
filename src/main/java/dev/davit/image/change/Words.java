package dev.davit.image.change;

import dev.davit.error.TextException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words of one instruction, by the rules of the Dockerfile reference: quotes keep blanks
/// together, a backslash takes the meaning from the next character, `$NAME` and `${NAME}` stand for
/// variables of the image, but not between single quotes.
final class Words {
  private final String text;
  private final Map<String, String> variables;

  /// A part of the text, as it was written.
  ///
  /// @param start offset in the text
  /// @param end behind it
  record Word(int start, int end) {}

  Words(String text, Map<String, String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /// What `word` is as it was written.
  String raw(Word word) {
    return text.substring(word.start(), word.end());
  }

  /// The words from `start` on.
  List<Word> split(int start) {
    var words = new ArrayList<Word>();
    int at = blanks(start);
    while (at < text.length()) {
      int end = end(at);
      words.add(new Word(at, end));
      at = blanks(end);
    }
    return words;
  }

  /// All from `start` on, without the blanks around it; empty where nothing is.
  Word rest(int start) {
    int from = blanks(start);
    int end = text.length();
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Word(from, end);
  }

  private int blanks(int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int end(int start) {
    int at = start;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char c = text.charAt(at);
      at = c == '\'' || c == '"' ? quoted(at, text.length()) + 1 : at + (c == '\\' ? 2 : 1);
    }
    return Math.min(at, text.length());
  }

  // Where the quote that begins at `start` ends.
  private int quoted(int start, int end) {
    char quote = text.charAt(start);
    int at = start + 1;
    while (at < end && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
    }
    if (at >= end) {
      throw wrong(new Word(start, start + 1), "quote that is not closed", null);
    }
    return at;
  }

  /// Where `character` stands outside of quotes in `word`, or -1.
  int indexOf(Word word, char character) {
    int at = word.start();
    while (at < word.end()) {
      char c = text.charAt(at);
      if (c == character) {
        return at;
      }
      at = c == '\'' || c == '"' ? quoted(at, word.end()) + 1 : at + (c == '\\' ? 2 : 1);
    }
    return -1;
  }

  /// What `word` means: without quotes, with the values of variables.
  String value(Word word) {
    var value = new StringBuilder();
    int at = word.start();
    while (at < word.end()) {
      switch (text.charAt(at)) {
        case '\'' -> {
          int end = quoted(at, word.end());
          value.append(text, at + 1, end);
          at = end + 1;
        }
        case '"' -> {
          int end = quoted(at, word.end());
          doubleQuoted(at + 1, end, value);
          at = end + 1;
        }
        case '\\' -> {
          value.append(text, Math.min(at + 1, word.end()), Math.min(at + 2, word.end()));
          at += 2;
        }
        case '$' -> at = variable(at, word.end(), value);
        default -> value.append(text.charAt(at++));
      }
    }
    return value.toString();
  }

  private void doubleQuoted(int start, int end, StringBuilder value) {
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '$') {
        at = variable(at, end, value);
      } else if (c == '\\' && at + 1 < end && "\"$\\".indexOf(text.charAt(at + 1)) >= 0) {
        value.append(text.charAt(at + 1));
        at += 2;
      } else {
        value.append(c);
        at++;
      }
    }
  }

  // Returns where it goes on.
  private int variable(int dollar, int end, StringBuilder value) {
    int start = dollar + 1;
    if (start < end && text.charAt(start) == '{') {
      return braced(dollar, end, value);
    }
    int behind = name(start, end);
    if (behind == start) {
      value.append('$');
    } else {
      value.append(variables.getOrDefault(text.substring(start, behind), ""));
    }
    return behind;
  }

  private int name(int start, int end) {
    int at = start;
    while (at < end && isNamePart(text.charAt(at), at > start)) {
      at++;
    }
    return at;
  }

  private static boolean isNamePart(char c, boolean behindFirst) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (behindFirst && c >= '0' && c <= '9');
  }

  private int braced(int dollar, int end, StringBuilder value) {
    int start = dollar + 2;
    int behind = name(start, end);
    int close = closing(dollar, end);
    String name = text.substring(start, behind);
    if (name.isEmpty()) {
      throw wrong(new Word(dollar, close + 1), "variable without a name", null);
    }
    String known = variables.get(name);
    if (behind == close) {
      value.append(known == null ? "" : known);
      return close + 1;
    }
    boolean emptyCounts = text.charAt(behind) != ':';
    int modifier = emptyCounts ? behind : behind + 1;
    boolean isSet = known != null && (emptyCounts || !known.isEmpty());
    var word = new Word(Math.min(modifier + 1, close), close);
    switch (text.charAt(modifier)) {
      case '-' -> value.append(isSet ? known : value(word));
      case '+' -> value.append(isSet ? value(word) : "");
      default ->
          throw wrong(
              new Word(behind, close),
              "unknown modifier of a variable",
              "write ${NAME}, ${NAME:-word} or ${NAME:+word}");
    }
    return close + 1;
  }

  private int closing(int dollar, int end) {
    int depth = 0;
    for (int at = dollar + 1; at < end; at++) {
      char c = text.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    throw wrong(new Word(dollar, dollar + 2), "\"${\" without \"}\"", null);
  }

  TextException wrong(Word word, String message, @Nullable String help) {
    return new TextException("change", text, word.start(), word.end(), message, help);
  }
}
