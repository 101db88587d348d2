package dev.davit.cli.progress;

import java.util.ArrayList;
import java.util.List;

/// One line of a display as cells.
final class Line {
  static final Line EMPTY = new Line(List.of());

  /// @param text one character with what combines with it
  /// @param colour as in an SGR sequence, empty for none
  record Cell(String text, int width, String colour) {}

  private final List<Cell> cells;

  private Line(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  static Line of(String text) {
    return of(text, "");
  }

  static Line of(String text, String colour) {
    return EMPTY.and(text, colour);
  }

  /// This line with more text behind it.
  Line and(String text, String colour) {
    var all = new ArrayList<>(cells);
    int before = 0;
    for (int point : text.codePoints().toArray()) {
      int width = Columns.width(point, before);
      String character = Character.toString(point);
      if ((width == 0 || point == 0xfe0f) && !all.isEmpty()) {
        Cell last = all.removeLast();
        all.add(new Cell(last.text() + character, last.width() + width, last.colour()));
      } else {
        all.add(new Cell(character, width, colour));
      }
      before = width;
    }
    return new Line(all);
  }

  int columns() {
    return cells.stream().mapToInt(Cell::width).sum();
  }

  /// What turns `shown`, in whose first column the cursor is, into this line: only cells that
  /// differ are written. Empty where none does.
  String over(Line shown) {
    var text = new StringBuilder();
    String colour = "";
    int column = 0;
    int shownColumn = 0;
    int cursor = 0;
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      boolean aligned = i < shown.cells.size() && shownColumn == column;
      if (!aligned || !cell.equals(shown.cells.get(i))) {
        text.append(right(column - cursor)).append(sgr(colour, cell.colour())).append(cell.text());
        colour = cell.colour();
        cursor = column + cell.width();
      }
      column += cell.width();
      shownColumn += i < shown.cells.size() ? shown.cells.get(i).width() : 0;
    }
    text.append(sgr(colour, ""));
    return columns() < shown.columns()
        ? text.append(right(column - cursor)).append("\033[K").toString()
        : text.toString();
  }

  private static String right(int columns) {
    return columns == 0 ? "" : "\033[" + columns + "C";
  }

  private static String sgr(String from, String to) {
    if (from.equals(to)) {
      return "";
    }
    return "\033[" + (to.isEmpty() ? "0" : to) + "m";
  }
}
