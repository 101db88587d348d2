package dev.davit.error;

import org.jspecify.annotations.Nullable;

/// How a [Problem] looks on a terminal.
final class ProblemText {
  private ProblemText() {}

  static String of(Problem problem) {
    var out = new StringBuilder();
    String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
    String head = problem.severity() + "[" + problem.code() + "]: " + path;
    block(out, problem.place(), head + problem.message(), problem.excerpt());
    for (Note note : problem.notes()) {
      block(out.append('\n'), note.place(), "note: " + note.message(), note.excerpt());
    }
    if (problem.help() != null) {
      out.append("\n  = help: ").append(problem.help());
    }
    return out.toString();
  }

  private static void block(
      StringBuilder out, @Nullable Place place, String message, @Nullable String excerpt) {
    if (place != null) {
      out.append(place).append(": ");
    }
    out.append(message);
    if (place != null && excerpt != null) {
      excerpt(out, place, excerpt);
    }
  }

  private static void excerpt(StringBuilder out, Place place, String line) {
    String number = Integer.toString(place.line());
    String gutter = " ".repeat(number.length());
    int end = Math.min(place.endColumn(), line.codePointCount(0, line.length()) + 1);
    out.append("\n  ").append(number).append(" | ").append(line);
    out.append("\n  ").append(gutter).append(" | ");
    out.append(" ".repeat(Math.max(0, place.column() - 1)));
    out.append("^".repeat(Math.max(1, end - place.column())));
  }
}
