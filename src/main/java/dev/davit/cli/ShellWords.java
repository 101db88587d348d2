package dev.davit.cli;

import java.util.ArrayList;
import java.util.List;

/// Splits a line into words as a POSIX shell does: quotes of both kinds and backslashes, nothing
/// else.
final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords() {}

  static List<String> split(String line) {
    var split = new ShellWords();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean escapes = c == '\\' && quote != '\'' && i + 1 < line.length();
      if (escapes && (quote == 0 || "\"\\$`".indexOf(line.charAt(i + 1)) >= 0)) {
        split.add(line.charAt(++i));
      } else if (quote != 0) {
        quote = split.quoted(c, quote);
      } else if (c == '\'' || c == '"') {
        quote = c;
        split.inWord = true;
      } else if (Character.isWhitespace(c)) {
        split.end();
      } else {
        split.add(c);
      }
    }
    split.end();
    return split.words;
  }

  private char quoted(char c, char quote) {
    if (c == quote) {
      return 0;
    }
    add(c);
    return quote;
  }

  private void add(char c) {
    word.append(c);
    inWord = true;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
    }
    word.setLength(0);
    inWord = false;
  }
}
