package dev.davit.error;

import dev.davit.error.Source.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in a text file: lines and columns count from 1, columns in code points.
///
/// @param endColumn behind the last column of what stands there; a token of several lines ends
///   behind its first
public record Place(Source source, int line, int column, int endColumn) {
  /// The line of a place that is not in a file but in what `file` names.
  public static final int NO_LINE = 0;

  /// In a file that the user named.
  public Place(String file, int line, int column, int endColumn) {
    this(Source.of(file), line, column, endColumn);
  }

  /// A single column of a file that the user named.
  public Place(String file, int line, int column) {
    this(Source.of(file), line, column);
  }

  /// A single column.
  public Place(Source source, int line, int column) {
    this(source, line, column, column + 1);
  }

  public String file() {
    return source.name();
  }

  /// This place as one more step leads to it.
  public Place reachedBy(Via step) {
    return new Place(source.reachedBy(step), line, column, endColumn);
  }

  /// What led here, the nearest step first.
  public List<Via> vias() {
    var vias = new ArrayList<Via>();
    Optional<Via> via = source.via();
    while (via.isPresent()) {
      vias.add(via.get());
      via = via.get().place().source().via();
    }
    return vias;
  }

  /// Other columns of the same line.
  public Place between(int from, int behind) {
    return new Place(source, line, from, behind);
  }

  /// With an end that is not behind the end of the line that it is in.
  public Place within(String text) {
    int behind = Columns.of(text) + 1;
    return between(column, Math.max(column + 1, Math.min(endColumn, behind)));
  }

  /// The first column of another line of the same file.
  public Place inLine(int other) {
    return new Place(source, other, 1, 2);
  }

  @Override
  public String toString() {
    return line == NO_LINE ? file() : file() + ":" + line + ":" + column;
  }
}
