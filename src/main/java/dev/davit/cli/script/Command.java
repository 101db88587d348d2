package dev.davit.cli.script;

import java.util.List;
import java.util.Optional;

/// One command of a script.
public sealed interface Command {
  /// A command of davit's, or one of the shell itself.
  ///
  /// @param pipe what its output goes through, for `sh -c`
  record Own(List<Word> words, List<Redirection> redirections, Optional<String> pipe)
      implements Command {
    public Own {
      words = List.copyOf(words);
      redirections = List.copyOf(redirections);
    }

    /// The words' texts.
    public List<String> argv() {
      return words.stream().map(Word::text).toList();
    }
  }

  /// `!text`: a command line of the host, for `sh -c`.
  record Host(String text) implements Command {}
}
