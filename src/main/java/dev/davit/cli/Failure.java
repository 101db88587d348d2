package dev.davit.cli;

import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.ArgumentException;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.NotStartedException;
import dev.davit.error.TextException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where an exception becomes words for the user and an exit code:
///
/// | code | what |
/// | --- | --- |
/// | 1 | the command cannot be done as asked, bad usage too |
/// | 125 | Davit itself is in trouble: a defect, or (said by the client) no engine; of `container run`: no program has run |
/// | 126, 127 | returned by `exec` and `run`: the program cannot be executed, is not there |
/// | 128 + n | signal n ended the command or the program |
///
/// The user gets `davit: message` and a line that says what to do; never a stack trace, which goes
/// to the engine's log where the failure is a defect.
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  /// Prints what happened to the session's stderr and returns the exit code.
  static int report(Throwable thrown, Session session) {
    if (!(thrown instanceof DavitException failure)) {
      LOG.error("unexpected failure of {}", session.words(), thrown);
      String action = "see 'davit engine logs'; this is a defect of Davit";
      Diagnostics.say(session, defect(thrown), Optional.of(action));
      return exitCode(Kind.INTERNAL);
    }
    if (failure instanceof CommandEnded ended) {
      return ended.exitCode();
    }
    if (failure.kind() == Kind.INTERNAL) {
      LOG.error("failure of {}", session.words(), failure);
    }
    switch (failure) {
      case ComposeFileException files -> {
        Diagnostics.show(session, files.warnings());
        Diagnostics.show(session, files.problems());
        Diagnostics.pointToExplanations(session, files.problems());
      }
      case TextException text -> Diagnostics.show(session, text.problem());
      case ArgumentException argument -> Diagnostics.show(session, argument);
      default -> Diagnostics.show(session, failure);
    }
    return failure instanceof UsageException usage ? usage.exitCode() : exitCode(failure.kind());
  }

  /// As above, with the exit code that `command` has for it.
  static int report(Throwable thrown, Session session, MethodCommand command) {
    int code = report(thrown, session);
    int usual = code == 1 ? command.failure() : code;
    return command.endsAsProgram() && thrown instanceof NotStartedException not
        ? not.ofProgram().orElse(usual)
        : usual;
  }

  private static int exitCode(Kind kind) {
    return switch (kind) {
      case INVALID, NOT_FOUND, CONFLICT, WRONG_STATE, DENIED, UNSUPPORTED, UNAVAILABLE -> 1;
      case INTERNAL -> 125;
    };
  }

  private static String defect(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
