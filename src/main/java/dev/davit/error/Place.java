package dev.davit.error;

/// A place in a text file: lines and columns count from 1, columns in code points.
///
/// @param endColumn behind the last column of what stands there; a token of several lines ends
///   behind its first
public record Place(String file, int line, int column, int endColumn) {
  /// A single column.
  public Place(String file, int line, int column) {
    this(file, line, column, column + 1);
  }

  /// Other columns of the same line.
  public Place between(int from, int behind) {
    return new Place(file, line, from, behind);
  }

  /// The first column of another line of the same file.
  public Place inLine(int other) {
    return new Place(file, other, 1, 2);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
