package dev.davit.cli.script;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A script that cannot be read.
public final class ScriptSyntaxException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final boolean unfinished;

  ScriptSyntaxException(String message, int line, int column, boolean unfinished) {
    super(Kind.INVALID, message);
    this.line = line;
    this.column = column;
    this.unfinished = unfinished;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  /// Whether more text could make it right: an open quote, a backslash or operator at the end.
  public boolean unfinished() {
    return unfinished;
  }
}
