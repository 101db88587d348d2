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
    try {
      String answer = session.readInput(text + " [y/N] ").strip().toLowerCase(Locale.ROOT);
      return answer.equals("y") || answer.equals("yes") || answer.equals("true");
    } catch (EOFException e) {
      session.println("");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
