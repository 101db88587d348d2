package dev.davit.cli;

import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import org.jspecify.annotations.Nullable;

/// A command line that does not fit the command.
public final class UsageException extends ArgumentException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message, @Nullable String action) {
    this(Code.USAGE, message, action, null);
  }

  /// @param word as it was given
  public UsageException(Code code, String message, @Nullable String action, @Nullable String word) {
    super(code, message, action, word);
  }

  /// The same, pointing to the command's help where there is no better advice.
  UsageException pointingTo(String command) {
    return action().isPresent()
        ? this
        : new UsageException(
            code(),
            String.valueOf(getMessage()),
            "see 'davit " + command + " --help'",
            word().orElse(null));
  }
}
