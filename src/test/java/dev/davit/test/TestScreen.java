package dev.davit.test;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/// A terminal of the smallest kind that wraps, scrolls and moves its cursor; what it shows can be
/// compared. A sequence that it does not know is a failure.
public final class TestScreen {
  private static final Pattern SEQUENCE = Pattern.compile("\033\\[([?\\d;]*)([A-Za-z])");

  private final List<List<String>> rows = new ArrayList<>();
  private int columns;
  private int height;
  private int row;
  private int column;

  public TestScreen(int columns, int height) {
    this.columns = columns;
    this.height = height;
    rows.add(new ArrayList<>());
  }

  /// Rows that have become too wide are wrapped, as terminals do.
  public void resize(int newColumns, int newHeight) {
    var wrapped = new ArrayList<List<String>>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i);
      if (i == row) {
        row = wrapped.size();
      }
      int start = 0;
      do {
        int end = Math.min(cells.size(), start + newColumns);
        wrapped.add(new ArrayList<>(cells.subList(start, end)));
        start = end;
      } while (start < cells.size());
    }
    rows.clear();
    rows.addAll(wrapped);
    columns = newColumns;
    height = newHeight;
  }

  public void write(String text) {
    Matcher sequences = SEQUENCE.matcher(text);
    int index = 0;
    while (index < text.length()) {
      if (text.charAt(index) == '\033') {
        if (!sequences.find(index) || sequences.start() != index) {
          throw new AssertionError("no sequence at " + text.substring(index));
        }
        control(sequences.group(1), sequences.group(2).charAt(0));
        index = sequences.end();
      } else {
        int point = text.codePointAt(index);
        put(point);
        index += Character.charCount(point);
      }
    }
  }

  private void control(String argument, char what) {
    int count = argument.matches("\\d+") ? Integer.parseInt(argument) : 1;
    switch (what) {
      case 'A' -> row = Math.max(Math.max(0, rows.size() - height), row - count);
      case 'B' -> row = Math.min(rows.size() - 1, row + count);
      case 'C' -> column = Math.min(columns - 1, column + count);
      case 'K' -> cut(rows.get(row), column);
      case 'J' -> {
        cut(rows.get(row), column);
        rows.subList(row + 1, rows.size()).clear();
      }
      case 'm', 'h', 'l' -> {}
      default -> throw new AssertionError("sequence " + argument + what);
    }
  }

  private static void cut(List<String> cells, int from) {
    if (from < cells.size()) {
      cells.subList(from, cells.size()).clear();
    }
  }

  private void put(int point) {
    if (point == '\r') {
      column = 0;
    } else if (point == '\n') {
      row++;
      if (row == rows.size()) {
        rows.add(new ArrayList<>());
      }
    } else {
      int width = WCWidth.wcwidth(point);
      if (column + width > columns) {
        put('\r');
        put('\n');
      }
      List<String> cells = rows.get(row);
      while (cells.size() < column + width) {
        cells.add(" ");
      }
      cells.set(column, Character.toString(point));
      if (width == 2) {
        cells.set(column + 1, "");
      }
      column += width;
    }
  }

  /// All rows, those that have been scrolled away too.
  public String print() {
    var text = new StringBuilder();
    rows.forEach(cells -> text.append(String.join("", cells).stripTrailing()).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }
}
