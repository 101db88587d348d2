package dev.davit.error;

/// Columns of a line, which count its code points, and where they are in its text. In a line
/// without rare characters, however long, nothing is searched for.
public final class Columns {
  private Columns() {}

  /// How many there are.
  public static int of(String line) {
    return line.codePointCount(0, line.length());
  }

  /// Where a column is in the text of a line: of one behind its end, its end.
  ///
  /// @param column counted from 1
  public static int offset(String line, int column) {
    int length = of(line);
    int before = Math.clamp(column - 1L, 0, length);
    return length == line.length() ? before : line.offsetByCodePoints(0, before);
  }
}
