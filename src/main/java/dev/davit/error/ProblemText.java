package dev.davit.error;

import dev.davit.error.Problem.Severity;
import org.jspecify.annotations.Nullable;

/// How a [Problem] looks on a terminal.
final class ProblemText {
  private static final String BOLD = "1";
  private static final String RED = "1;31";
  private static final String YELLOW = "1;33";
  private static final String BLUE = "1;34";
  private static final String GREEN = "1;32";

  private static final int MAX_NOTES = 10;

  private final boolean colours;
  private final StringBuilder out = new StringBuilder();

  private ProblemText(boolean colours) {
    this.colours = colours;
  }

  static String of(Problem problem, boolean colours) {
    return new ProblemText(colours).print(problem);
  }

  private String print(Problem problem) {
    String colour = problem.severity() == Severity.ERROR ? RED : YELLOW;
    String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
    place(problem.place());
    paint(colour, problem.severity() + "[" + problem.code() + "]");
    paint(BOLD, ": " + Glyph.harmless(path + problem.message()));
    excerpt(colour, problem.place(), problem.excerpt());
    for (Note note : problem.notes().subList(0, Math.min(MAX_NOTES, problem.notes().size()))) {
      out.append('\n');
      place(note.place());
      paint(GREEN, "note");
      out.append(": ").append(Glyph.harmless(note.message()));
      excerpt(BLUE, note.place(), note.excerpt());
    }
    if (problem.notes().size() > MAX_NOTES) {
      out.append("\n  ... and ").append(problem.notes().size() - MAX_NOTES).append(" more places");
    }
    if (problem.help() != null) {
      out.append("\n  ");
      paint(BLUE, "=");
      paint(BOLD, " help");
      out.append(": ").append(Glyph.harmless(problem.help()));
    }
    return out.toString();
  }

  private void place(@Nullable Place place) {
    paint(BOLD, Glyph.harmless(place == null ? "davit" : place.toString()) + ": ");
  }

  private void excerpt(String colour, @Nullable Place place, @Nullable String line) {
    if (place == null || line == null) {
      return;
    }
    var excerpt = Excerpt.of(line, place);
    String number = place.line() == Place.NO_LINE ? "" : place.line() + " ";
    out.append("\n  ");
    paint(BLUE, number + "|");
    out.append(' ').append(excerpt.line()).append("\n  ");
    paint(BLUE, " ".repeat(number.length()) + "|");
    out.append(' ');
    paint(colour, excerpt.carets());
  }

  private void paint(String colour, String text) {
    out.append(colours ? "\033[" + colour + "m" + text + "\033[0m" : text);
  }
}
