package dev.davit.compose.tree;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// A text for SnakeYAML's scanner, all of it in memory. SnakeYAML's own reader takes a text in
/// pieces of 1,024 characters and copies what it has not passed with each: it takes the square of
/// the length of a scalar, which the scanner looks through before it passes it.
final class WholeText extends StreamReader {
  private static final String NAME = "reader";

  private final int[] text;
  private int at;
  private int documentStart;
  private int line;
  private int column;

  /// @throws ReaderException for a character that YAML does not allow
  WholeText(String text) {
    super("");
    this.text = text.codePoints().toArray();
    for (int i = 0; i < this.text.length; i++) {
      if (!isPrintable(this.text[i])) {
        throw new ReaderException(NAME, i, this.text[i], "special characters are not allowed");
      }
    }
  }

  @Override
  public Mark getMark() {
    return new Mark(NAME, at, line, column, text, at);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int length) {
    for (int end = Math.min(at + length, text.length); at < end; ) {
      int character = text[at++];
      if (isLineBreak(character) || (character == '\r' && peek() != '\n')) {
        line++;
        column = 0;
      } else if (character != 0xFEFF) {
        column++;
      }
    }
  }

  private static boolean isLineBreak(int character) {
    return switch (character) {
      case '\n', 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  @Override
  public int peek() {
    return peek(0);
  }

  @Override
  public int peek(int index) {
    return at + index < text.length ? text[at + index] : 0;
  }

  @Override
  public String prefix(int length) {
    return new String(text, at, Math.min(length, text.length - at));
  }

  /// The text that is passed has no line break.
  @Override
  public String prefixForward(int length) {
    String prefix = prefix(length);
    at += length;
    column += length;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getLine() {
    return line;
  }

  @Override
  public int getIndex() {
    return at;
  }

  @Override
  public int getDocumentIndex() {
    return at - documentStart;
  }

  @Override
  public void resetDocumentIndex() {
    documentStart = at;
  }
}
