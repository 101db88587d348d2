package dev.davit.cli;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.CommandOption;

/// Completes commands, sub-commands, options, and by [Completions] the names that a command takes.
final class ShellCompleter implements Completer {
  private final Catalogue catalogue;
  private final Session session;

  ShellCompleter(Catalogue catalogue, Session session) {
    this.catalogue = catalogue;
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    candidates.addAll(candidates(line.words().subList(0, line.wordIndex()), line.word()));
  }

  /// What can stand at `word`, behind the words `before`.
  List<Candidate> candidates(List<String> before, String word) {
    int start = 0;
    while (start < before.size() && before.get(start).startsWith("-")) {
      start++;
    }
    List<String> words = before.subList(start, before.size());
    Catalogue.Match match = catalogue.match(words);
    var found = new ArrayList<Candidate>();
    if (word.startsWith("-")) {
      List<CommandOption> options =
          match.command() == null ? GlobalOptions.SPECIFICATION : match.command().getOptions();
      options.forEach(option -> found.add(option(option)));
    } else if (match.words() == words.size()) {
      catalogue.nextWords(match.name()).forEach(next -> found.add(command(match.name(), next)));
    }
    if (match.command() != null && !word.startsWith("-")) {
      match.command().completions().names(session).forEach(name -> found.add(new Candidate(name)));
    }
    return found;
  }

  private Candidate command(String group, String word) {
    String name = group.isEmpty() ? word : group + " " + word;
    String description = catalogue.find(name).map(MethodCommand::getDescription).orElse("");
    return new Candidate(
        word, word, null, description.isEmpty() ? null : description, null, null, true);
  }

  private static Candidate option(CommandOption option) {
    String name = "--" + option.longName();
    return new Candidate(name, name, null, option.description(), null, null, true);
  }
}
