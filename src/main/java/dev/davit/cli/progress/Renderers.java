package dev.davit.cli.progress;

import dev.davit.cli.Session;
import dev.davit.reconcile.Progress;

/// Chooses how progress is shown.
public final class Renderers {
  private Renderers() {}

  /// As `--progress` says; `auto` is a display that redraws on a terminal, else lines.
  public static Progress of(Session session) {
    return switch (session.globals().progress()) {
      case "quiet" -> Progress.NONE;
      case "json" -> new JsonProgress(session::note);
      case "tty" -> tty(session);
      case "plain" -> new PlainProgress(session::note);
      default -> isScreen(session) ? tty(session) : new PlainProgress(session::note);
    };
  }

  /// As [#of], but never a display that redraws: it would overwrite what containers print
  /// meanwhile.
  public static Progress besideOutput(Session session) {
    return switch (session.globals().progress()) {
      case "quiet" -> Progress.NONE;
      case "json" -> new JsonProgress(session::note);
      default -> new PlainProgress(session::note);
    };
  }

  /// Whether colours are wanted on a stream that is a terminal or not.
  public static boolean colours(Session session, boolean terminal) {
    return switch (session.globals().ansi()) {
      case "always" -> true;
      case "never" -> false;
      default -> terminal && session.env("NO_COLOR").orElse("").isEmpty() && !isDumb(session);
    };
  }

  private static boolean isScreen(Session session) {
    return session.ttys().stderr() && !isDumb(session) && !session.globals().ansi().equals("never");
  }

  private static boolean isDumb(Session session) {
    return session.env("TERM").orElse("dumb").equals("dumb");
  }

  private static Progress tty(Session session) {
    return new TtyProgress(
        session.err(), session::size, colours(session, session.ttys().stderr()), System::nanoTime);
  }
}
