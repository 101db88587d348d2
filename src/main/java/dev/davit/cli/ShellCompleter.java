package dev.davit.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Offers at Tab in the interactive shell what [Completing] finds.
final class ShellCompleter implements Completer {
  private final Completing completing;
  private final Supplier<Session> session;

  /// @param session a new one for each Tab
  ShellCompleter(Catalogue catalogue, Supplier<Session> session) {
    this.completing = new Completing(catalogue);
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> before = line.words().subList(0, line.wordIndex());
    String word = line.word().substring(0, line.wordCursor());
    for (Offer.Word offer : completing.at(before, word, session.get()).words()) {
      candidates.add(candidate(offer));
    }
  }

  private static Candidate candidate(Offer.Word offer) {
    boolean whole = !offer.value().endsWith(":") && !offer.value().endsWith("=");
    String description = offer.description().isEmpty() ? null : offer.description();
    return new Candidate(offer.value(), offer.value(), null, description, null, null, whole);
  }
}
