package dev.davit.cli.script;

import java.util.Optional;

/// Where a stream of a command goes to or comes from: `> file`, `>> file`, `2> file`, `2>&1`, `<
/// file`.
///
/// @param file empty for `2>&1`
public record Redirection(Stream stream, boolean append, Optional<Word> file) {
  public enum Stream {
    INPUT,
    OUTPUT,
    ERROR,
    BOTH
  }
}
