package dev.davit.cli.stack;

import dev.davit.cli.Session;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/// A question that a person, or what is piped in, answers with yes or no.
final class Question {
  private Question() {}

  /// Whether the answer is yes; no answer is no.
  static boolean ask(Session session, String text) {
    return ask(session, text + " [y/N] ", false);
  }

  /// As [#ask], but an empty line is yes. That nobody is there to answer stays no.
  static boolean suggest(Session session, String text) {
    return ask(session, text + " [Y/n] ", true);
  }

  private static boolean ask(Session session, String prompt, boolean otherwise) {
    try {
      String answer = session.readInput(prompt).strip().toLowerCase(Locale.ROOT);
      return answer.isEmpty()
          ? otherwise
          : answer.equals("y") || answer.equals("yes") || answer.equals("true");
    } catch (EOFException e) {
      session.println("");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
