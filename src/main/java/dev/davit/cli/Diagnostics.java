package dev.davit.cli;

import static java.util.stream.Collectors.joining;

import dev.davit.cli.progress.Renderers;
import dev.davit.error.ArgumentException;
import dev.davit.error.DavitException;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.format.Neutral;
import java.util.List;
import java.util.Optional;

/// Says to a session what is wrong, on its stderr: as text, in colours where the terminal has them,
/// or with `--progress json` as one JSON object a line.
public final class Diagnostics {
  /// Nobody reads more at once.
  private static final int MANY = 50;

  private static final String INDENT = " ".repeat("davit: ".length());

  private Diagnostics() {}

  public static void show(Session session, Problem problem) {
    boolean colours = Renderers.colours(session, session.ttys().stderr());
    session.note(
        json(session) ? ProblemJson.of(problem) : Neutral.coloured(problem.print(colours)));
  }

  /// Shows them all, of very many the first.
  public static void show(Session session, List<Problem> problems) {
    int shown = json(session) ? problems.size() : Math.min(MANY, problems.size());
    problems.subList(0, shown).forEach(problem -> show(session, problem));
    if (shown < problems.size()) {
      session.note("... and " + (problems.size() - shown) + " more");
    }
  }

  /// A word of the command line that cannot be, with a caret below it.
  static void show(Session session, ArgumentException failure) {
    show(session, CommandLineProblem.of(Severity.ERROR, failure, session));
  }

  /// A word of the command line that has no effect.
  public static void warn(Session session, ArgumentException failure) {
    show(session, CommandLineProblem.of(Severity.WARNING, failure, session));
  }

  /// A failure that is about nothing written: `davit: message` and a line that says what to do.
  public static void show(Session session, DavitException failure) {
    say(session, String.valueOf(failure.getMessage()), failure.action());
  }

  static void say(Session session, String message, Optional<String> action) {
    if (json(session)) {
      session.note(ProblemJson.of(Severity.ERROR, message, action));
      return;
    }
    String place = session.origin().map(origin -> origin.place(0) + ": ").orElse("");
    session.note(Neutral.text("davit: " + place + message));
    action.ifPresent(text -> session.note(Neutral.text(INDENT + text)));
  }

  public static void warn(Session session, String message) {
    session.note(
        json(session)
            ? ProblemJson.of(Severity.WARNING, message, Optional.empty())
            : "davit: warning: " + message);
  }

  /// Says to a person how to learn more.
  static void pointToExplanations(Session session, List<Problem> problems) {
    if (session.ttys().stderr() && !json(session)) {
      String codes = problems.stream().map(it -> it.code().id()).distinct().collect(joining(" "));
      session.note("more about it: davit explain-error " + codes);
    }
  }

  private static boolean json(Session session) {
    return session.globals().progress().equals("json");
  }
}
