package dev.davit.cli.progress;

import dev.davit.cli.Size;
import java.util.List;

/// Lines at the bottom of a terminal, which are drawn over themselves. The cursor rests below them.
final class Display {
  private List<Line> shown = List.of();
  private Size window = Size.USUAL;

  /// Begins anew below what is shown.
  void leave() {
    shown = List.of();
  }

  /// What draws `lines` in place of those that are shown; empty where nothing changes. No line may
  /// be wider than the window.
  String draw(List<Line> lines, Size size) {
    boolean resized = !size.equals(window) && !shown.isEmpty();
    if (lines.equals(shown) && !resized) {
      return "";
    }
    String text = resized ? anew(lines, size) : over(lines);
    window = size;
    shown = List.copyOf(lines);
    return text.isEmpty() ? "" : "\033[?2026h" + text + "\033[?2026l";
  }

  private String over(List<Line> lines) {
    var text = new StringBuilder(up(shown.size()));
    int skipped = 0;
    boolean changed = false;
    for (int i = 0; i < Math.max(lines.size(), shown.size()); i++) {
      boolean isNew = i >= shown.size();
      Line line = i < lines.size() ? lines.get(i) : Line.EMPTY;
      String change = line.over(isNew ? Line.EMPTY : shown.get(i));
      if (change.isEmpty() && !isNew) {
        skipped++;
      } else {
        text.append(down(skipped)).append(change).append("\r\n");
        skipped = 0;
        changed = true;
      }
    }
    if (lines.size() < shown.size()) {
      text.append(down(skipped)).append(up(shown.size() - lines.size()));
    } else {
      text.append(down(skipped));
    }
    return changed || lines.size() != shown.size() ? text.toString() : "";
  }

  // A terminal wraps what has become too wide, and forgets what does not fit above.
  private String anew(List<Line> lines, Size size) {
    int rows =
        shown.stream()
            .mapToInt(line -> Math.max(1, Math.ceilDiv(line.columns(), size.columns())))
            .sum();
    var text = new StringBuilder(up(Math.min(rows, size.rows() - 1))).append("\r\033[J");
    lines.forEach(line -> text.append(line.over(Line.EMPTY)).append("\r\n"));
    return text.toString();
  }

  private static String up(int rows) {
    return rows == 0 ? "" : "\033[" + rows + "A";
  }

  private static String down(int rows) {
    return rows == 0 ? "" : "\033[" + rows + "B";
  }
}
