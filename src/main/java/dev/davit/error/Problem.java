package dev.davit.error;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing wrong in what the user wrote.
///
/// @param severity whether it stops the command
/// @param place where it stands, if it stands in a file
/// @param path the tree path, `services.web.ports[0]`, or empty
/// @param message noun phrase, lower case, no full stop
/// @param excerpt the source line at `place`, for the caret
/// @param help what to write instead
/// @param notes other places that have to do with it
public record Problem(
    Code code,
    Severity severity,
    @Nullable Place place,
    String path,
    String message,
    @Nullable String excerpt,
    @Nullable String help,
    List<Note> notes) {

  public Problem {
    notes = List.copyOf(notes);
  }

  public enum Severity {
    ERROR,
    WARNING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The same, taken seriously.
  public Problem asError() {
    return new Problem(code, Severity.ERROR, place, path, message, excerpt, help, notes);
  }

  /// `file:line:col: error[DV0102]: path: message`, then the excerpt with its caret, the notes in
  /// the same form and the help, each on lines of their own; no trailing newline.
  public String print() {
    return print(false);
  }

  public String print(boolean colours) {
    return ProblemText.of(this, colours);
  }
}
