package dev.davit.error;

/// A place in a text file: lines and columns count from 1, columns in code points.
///
/// @param endColumn behind the last column of what stands there; a token of several lines ends
///   behind its first
public record Place(String file, int line, int column, int endColumn) {
  /// The line of a place that is not in a file but in what `file` names.
  public static final int NO_LINE = 0;

  /// A single column.
  public Place(String file, int line, int column) {
    this(file, line, column, column + 1);
  }

  /// Other columns of the same line.
  public Place between(int from, int behind) {
    return new Place(file, line, from, behind);
  }

  /// With an end that is not behind the end of the line that it is in.
  public Place within(String text) {
    int behind = text.codePointCount(0, text.length()) + 1;
    return between(column, Math.max(column + 1, Math.min(endColumn, behind)));
  }

  /// The first column of another line of the same file.
  public Place inLine(int other) {
    return new Place(file, other, 1, 2);
  }

  @Override
  public String toString() {
    return line == NO_LINE ? file : file + ":" + line + ":" + column;
  }
}
