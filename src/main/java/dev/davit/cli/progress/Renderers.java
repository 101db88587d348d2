package dev.davit.cli.progress;

import dev.davit.cli.Session;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.Plan.Node;
import dev.davit.reconcile.Progress;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Chooses how progress is shown.
public final class Renderers {
  private Renderers() {}

  /// As `--progress` says; `auto` is a display that redraws on a terminal, else lines.
  ///
  /// @param lastLines what a container that has failed wrote last
  public static Progress of(Session session, Function<Node, List<String>> lastLines) {
    return isDisplay(session) ? tty(session, lastLines) : besideOutput(session);
  }

  public static Progress of(Session session) {
    return of(session, _ -> List.of());
  }

  /// As [#of], but never a display that redraws: it would overwrite what containers print
  /// meanwhile.
  public static Progress besideOutput(Session session) {
    return switch (session.globals().progress()) {
      case "quiet" -> Progress.NONE;
      case "json" -> new JsonProgress(lines(session));
      default -> new PlainProgress(lines(session));
    };
  }

  /// As [#besideOutput], but of the operations nothing is said: only what hooks write.
  public static Progress outputOfHooks(Session session) {
    Progress progress = besideOutput(session);
    return new Progress() {
      @Override
      public void output(Plan.Node node, String line) {
        progress.output(node, line);
      }
    };
  }

  /// Whether [#of] is a display that redraws. A terminal of a CI run is none that somebody sits at.
  public static boolean isDisplay(Session session) {
    return switch (session.globals().progress()) {
      case "tty" -> true;
      case "auto" ->
          (onStdout(session) ? session.ttys().stdout() : session.ttys().stderr())
              && !isDumb(session)
              && !session.globals().ansi().equals("never")
              && session.env("CI").orElse("").isEmpty();
      default -> false;
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

  private static boolean isDumb(Session session) {
    return session.env("TERM").orElse("dumb").equals("dumb");
  }

  private static boolean onStdout(Session session) {
    return session.isOn("COMPOSE_STATUS_STDOUT");
  }

  private static Consumer<String> lines(Session session) {
    return onStdout(session) ? session::println : session::note;
  }

  private static Progress tty(Session session, Function<Node, List<String>> lastLines) {
    boolean onStdout = onStdout(session);
    OutputStream out = onStdout ? session.out() : session.err();
    boolean terminal = onStdout ? session.ttys().stdout() : session.ttys().stderr();
    return new TtyProgress(
        out, session::size, colours(session, terminal), System::nanoTime, lastLines);
  }
}
