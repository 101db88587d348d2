package dev.davit.cli.progress;

import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.Subject;
import java.util.ArrayList;
import java.util.List;

/// One subject of the plan on the screen, and where it is.
final class Row {
  enum Mark {
    PENDING("◌", "2"),
    WORKING("⠿", "36"),
    DONE("✔", "32"),
    WARNED("!", "33"),
    FAILED("✖", "31");

    final String glyph;
    final String colour;

    Mark(String glyph, String colour) {
      this.glyph = glyph;
      this.colour = colour;
    }
  }

  final Subject subject;
  final List<Node> open = new ArrayList<>();
  Mark mark = Mark.PENDING;
  String status = "";
  String details = "";
  List<String> output = List.of();
  long begin;
  long end;

  Row(Subject subject) {
    this.subject = subject;
  }

  void begin(String what, long now) {
    if (begin == 0) {
      begin = now;
    }
    mark = Mark.WORKING;
    status = what;
  }

  void done(Node node, String what, long now) {
    open.remove(node);
    status = what;
    end = now;
    if (mark != Mark.FAILED && mark != Mark.WARNED) {
      mark = open.isEmpty() ? Mark.DONE : Mark.PENDING;
    }
  }

  boolean isOver() {
    return mark == Mark.DONE || mark == Mark.FAILED || mark == Mark.WARNED;
  }

  String text(long now) {
    String time =
        begin == 0
            ? ""
            : "%.1fs".formatted(((isOver() && end != 0 ? end : now) - begin) / 1_000_000_000.0);
    return "%-10s %s%s".formatted(status, time, details.isEmpty() ? "" : "  " + details);
  }
}
