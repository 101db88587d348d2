package dev.davit.compose;

import java.nio.file.Path;
import java.util.Optional;

/// Where the content of a secret or config comes from.
public sealed interface Content {

  /// A file on the host, absolute.
  record OfFile(Path path) implements Content {}

  /// A variable of the caller.
  ///
  /// @param value absent where the variable is not set
  record OfVariable(String name, Optional<String> value) implements Content {

    /// A secret stays out of logs and messages.
    @Override
    public String toString() {
      return "OfVariable[" + name + "]";
    }
  }

  /// Text of the Compose file.
  record OfText(String text) implements Content {}

  /// It is kept elsewhere: by a driver, or it is external.
  record Elsewhere() implements Content {}
}
