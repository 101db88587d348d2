package dev.davit.cli;

import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import org.jspecify.annotations.Nullable;

/// A command line that does not fit the command.
public final class UsageException extends ArgumentException {
  private static final long serialVersionUID = 1L;

  private int exitCode = 1;

  public UsageException(String message, @Nullable String action) {
    this(Code.USAGE, message, action, null);
  }

  /// @param word as it was given
  public UsageException(Code code, String message, @Nullable String action, @Nullable String word) {
    super(code, message, action, word);
  }

  /// The same as a mistake in calling `command`: with its exit code, and pointing to its help where
  /// there is no better advice.
  UsageException of(MethodCommand command) {
    var its =
        new UsageException(
            code(),
            String.valueOf(getMessage()),
            action().orElse("see 'davit " + command.getName() + " --help'"),
            word().orElse(null));
    its.exitCode = command.failure();
    return its;
  }

  int exitCode() {
    return exitCode;
  }
}
