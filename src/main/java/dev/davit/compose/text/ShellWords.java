package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;

/// Splits a command line into words as sh(1) would, with quotes and backslashes; no shell is run
/// and nothing is expanded.
public final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  public static List<String> split(String text) {
    var splitter = new ShellWords(text);
    while (splitter.at < text.length()) {
      splitter.step(text.charAt(splitter.at++));
    }
    splitter.endWord();
    return List.copyOf(splitter.words);
  }

  private void step(char c) {
    switch (c) {
      case ' ', '\t', '\n', '\r' -> endWord();
      case '\'' -> quoted('\'', "");
      case '"' -> quoted('"', "\"\\$`");
      case '\\' -> {
        if (at < text.length()) {
          append(text.charAt(at++));
        }
      }
      default -> append(c);
    }
  }

  /// @param escapable what a backslash escapes between these quotes
  private void quoted(char quote, String escapable) {
    inWord = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return;
      }
      boolean escape = c == '\\' && at < text.length() && escapable.indexOf(text.charAt(at)) >= 0;
      word.append(escape ? text.charAt(at++) : c);
    }
    throw MalformedException.invalid(
        Code.INVALID_COMMAND, "command", text, "a quote is not closed");
  }

  private void append(char c) {
    inWord = true;
    word.append(c);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
