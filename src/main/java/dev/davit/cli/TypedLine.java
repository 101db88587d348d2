package dev.davit.cli;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/// The words of the command in which the cursor stands, up to the cursor: finished or not, right or
/// wrong.
final class TypedLine implements CompletingParsedLine {
  private static final String SPECIAL = " \t\\'\";|&<>#!$*?()";

  private final String line;
  private final int cursor;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean onHost;
  private int rawStart;
  private char quote;

  private TypedLine(String line, int cursor) {
    this.line = line;
    this.cursor = cursor;
  }

  static TypedLine of(String line, int cursor) {
    var typed = new TypedLine(line, cursor);
    for (int i = 0; i < cursor; i = typed.read(i)) {
      typed.begin(i);
    }
    typed.begin(cursor);
    typed.words.add(typed.word.toString());
    return typed;
  }

  private void begin(int index) {
    if (!inWord) {
      rawStart = index;
    }
  }

  private int read(int index) {
    char c = line.charAt(index);
    boolean more = index + 1 < cursor;
    if (c == '\\' && quote != '\'' && more) {
      add(line.charAt(index + 1));
      return index + 2;
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        add(c);
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inWord = true;
    } else if (";|&\n".indexOf(c) >= 0) {
      boolean twice = more && line.charAt(index + 1) == c;
      command(c == '|' && !twice);
      return index + (twice ? 2 : 1);
    } else if (Character.isWhitespace(c) || c == '<' || c == '>') {
      end();
    } else {
      onHost |= c == '!' && words.isEmpty() && !inWord;
      add(c);
    }
    return index + 1;
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

  private void command(boolean host) {
    end();
    words.clear();
    onHost = host;
  }

  /// Whether it is a command of the host, behind `|` or `!`.
  boolean isOnHost() {
    return onHost;
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    if (quote != 0) {
      return complete ? candidate.toString() + quote : candidate;
    }
    var escaped = new StringBuilder();
    for (char c : candidate.toString().toCharArray()) {
      escaped.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    // The quotes of a word that is replaced go with it.
    return escaped;
  }

  @Override
  public int rawWordCursor() {
    return cursor - rawStart - (quote == 0 ? 0 : 1);
  }

  @Override
  public int rawWordLength() {
    return rawWordCursor();
  }

  @Override
  public String word() {
    return words.getLast();
  }

  @Override
  public int wordCursor() {
    return word().length();
  }

  @Override
  public int wordIndex() {
    return words.size() - 1;
  }

  @Override
  public List<String> words() {
    return words;
  }

  @Override
  public String line() {
    return line;
  }

  @Override
  public int cursor() {
    return cursor;
  }
}
