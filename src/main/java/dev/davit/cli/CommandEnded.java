package dev.davit.cli;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A command that cannot go on, for a reason that has been told.
public final class CommandEnded extends DavitException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandEnded(int exitCode) {
    super(Kind.UNAVAILABLE, "ended with exit code " + exitCode);
    this.exitCode = exitCode;
  }

  /// Throws it for another exit code than 0.
  public static void unless(int exitCode) {
    if (exitCode != 0) {
      throw new CommandEnded(exitCode);
    }
  }

  int exitCode() {
    return exitCode;
  }
}
