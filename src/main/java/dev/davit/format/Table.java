package dev.davit.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Columns of text, as wide as their widest cell and three spaces apart. A cell is one line that
/// cannot do anything to the terminal: images and containers choose what many of them say.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  public void add(String... cells) {
    rows.add(Stream.of(cells).map(Table::oneLine).toList());
  }

  private static String oneLine(String cell) {
    return Neutral.text(cell).replace('\n', ' ').replace('\t', ' ');
  }

  public String print() {
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(width(i) - width(row.get(i)) + 3));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> width(row.get(column)))
        .max()
        .orElse(0);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
