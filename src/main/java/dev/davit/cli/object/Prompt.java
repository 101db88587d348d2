package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/// Asks before much is removed.
final class Prompt {
  private Prompt() {}

  /// Throws unless `sure` or the answer is yes; the end of the input is no.
  static void confirm(Session session, boolean sure, String what) throws IOException {
    if (sure || session.globals().dryRun()) {
      return;
    }
    session.note("WARNING! " + what);
    String answer;
    try {
      answer = session.readInput("Are you sure you want to continue? [y/N] ");
    } catch (EOFException e) {
      answer = "";
    }
    if (!answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new DavitException(Kind.INVALID, "nothing was removed", "answer y, or use --force");
    }
  }
}
