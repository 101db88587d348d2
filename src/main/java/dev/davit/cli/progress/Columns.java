package dev.davit.cli.progress;

import org.jline.utils.WCWidth;

/// How many columns of a terminal text takes, and text that is cut to fit.
public final class Columns {
  /// Asks for the picture of a character that has a plain form too, which is wider.
  private static final int AS_EMOJI = 0xfe0f;

  private Columns() {}

  public static int of(String text) {
    int columns = 0;
    int before = 0;
    for (int point : text.codePoints().toArray()) {
      int width = width(point, before);
      columns += width;
      before = width;
    }
    return columns;
  }

  /// @param before the width of the character before
  static int width(int point, int before) {
    if (point == AS_EMOJI) {
      return before == 1 ? 1 : 0;
    }
    return Math.max(0, WCWidth.wcwidth(point));
  }

  /// At most `columns` of the text; `…` says that something is missing.
  public static String fit(String text, int columns) {
    String line = text.stripTrailing();
    if (of(line) <= columns) {
      return line;
    }
    var cut = new StringBuilder();
    int used = 0;
    int before = 0;
    for (int point : line.codePoints().toArray()) {
      before = width(point, before);
      used += before;
      if (used > columns - 1) {
        break;
      }
      cut.appendCodePoint(point);
    }
    return cut.append(columns > 0 ? "…" : "").toString();
  }

  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }
}
