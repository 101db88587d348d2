package dev.davit.cli;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.jspecify.annotations.Nullable;

/// A command line that does not fit the command.
public final class UsageException extends DavitException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message, @Nullable String action) {
    super(Kind.INVALID, message, action);
  }

  /// The same, pointing to the command's help where there is no better advice.
  UsageException pointingTo(String command) {
    return action().isPresent()
        ? this
        : new UsageException(String.valueOf(getMessage()), "see 'davit " + command + " --help'");
  }
}
