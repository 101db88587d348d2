package dev.davit.cli;

import java.util.List;

/// What can stand at one place of a command line.
///
/// @param paths which paths of the host are fit there too
record Offer(List<Word> words, Paths paths) {
  static final Offer NOTHING = new Offer(List.of(), Paths.NONE);

  enum Paths {
    NONE,
    FILES,
    DIRECTORIES
  }

  record Word(String value, String description) {}

  Offer {
    words = List.copyOf(words);
  }

  static Offer of(List<String> values) {
    return new Offer(values.stream().map(value -> new Word(value, "")).toList(), Paths.NONE);
  }

  /// Each word behind `prefix`, as in `--progress=plain`.
  Offer behind(String prefix) {
    return new Offer(
        words.stream().map(word -> new Word(prefix + word.value(), word.description())).toList(),
        paths);
  }
}
