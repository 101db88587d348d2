package dev.davit.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A program of a container that could not be started; nothing of it runs.
public class NotStartedException extends DavitException {
  private static final long serialVersionUID = 1L;

  /// As shells have it.
  protected static final int NOT_EXECUTABLE = 126;

  /// As shells have it.
  protected static final int NOT_THERE = 127;

  /// It is not the program that is in the way.
  protected static final int OTHER = 128;

  private final int exitCode;

  protected NotStartedException(int exitCode, String message, @Nullable String action) {
    super(Kind.INVALID, message, action);
    this.exitCode = exitCode;
  }

  /// A program that cannot be executed.
  public static NotStartedException notExecutable(String message, String action) {
    return new NotStartedException(NOT_EXECUTABLE, message, action);
  }

  /// A program that is not there.
  public static NotStartedException notThere(String message, String action) {
    return new NotStartedException(NOT_THERE, message, action);
  }

  /// What docker answers: 127 if the program is not there, 126 if it cannot be executed, else 128.
  public int exitCode() {
    return exitCode;
  }

  /// 126 or 127; nothing if it is not the program that is in the way.
  public OptionalInt ofProgram() {
    return exitCode == OTHER ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }
}
