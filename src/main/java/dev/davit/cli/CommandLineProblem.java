package dev.davit.cli;

import dev.davit.error.ArgumentException;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command line as if it were a line of a file, to point to the word that cannot be.
final class CommandLineProblem {
  private CommandLineProblem() {}

  /// The problem of the session's command line; in a script it points there.
  static Problem of(Severity severity, ArgumentException failure, Session session) {
    List<String> argv = session.words();
    return session
        .origin()
        .map(origin -> inScript(severity, failure, origin, index(failure, argv)))
        .orElseGet(() -> of(severity, failure, argv));
  }

  private static Problem inScript(
      Severity severity, ArgumentException failure, Origin origin, int index) {
    Place place = origin.place(index);
    return new Problem(
        failure.code(),
        severity,
        place,
        "",
        String.valueOf(failure.getMessage()),
        origin.line(place),
        failure.action().orElse(null),
        List.of());
  }

  private static int index(ArgumentException failure, List<String> argv) {
    return failure.word().map(word -> lastIndexOf(argv, word)).orElse(-1);
  }

  private static Problem of(Severity severity, ArgumentException failure, List<String> argv) {
    int index = index(failure, argv);
    @Nullable Place place = index < 0 ? null : place(argv, index);
    return new Problem(
        failure.code(),
        severity,
        place,
        "",
        String.valueOf(failure.getMessage()),
        place == null ? null : line(argv),
        failure.action().orElse(null),
        List.of());
  }

  private static int lastIndexOf(List<String> argv, String word) {
    for (int i = argv.size() - 1; i >= 0; i--) {
      if (argv.get(i).equals(word) || argv.get(i).startsWith(word + "=")) {
        return i;
      }
    }
    return -1;
  }

  private static Place place(List<String> argv, int index) {
    String before = line(argv.subList(0, index));
    String word = quoted(argv.get(index));
    int column = before.codePointCount(0, before.length()) + 2;
    return new Place(
        "davit", Place.NO_LINE, column, column + word.codePointCount(0, word.length()));
  }

  private static String line(List<String> argv) {
    var line = new StringBuilder("davit");
    argv.forEach(word -> line.append(' ').append(quoted(word)));
    return line.toString();
  }

  /// As a shell would need it.
  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
