package dev.davit.error;

import org.jspecify.annotations.Nullable;

/// One thing wrong in what the user wrote.
///
/// @param severity whether it stops the command
/// @param place where it stands, if it stands in a file
/// @param path the tree path, `services.web.ports[0]`, or empty
/// @param message noun phrase, lower case, no full stop
/// @param excerpt the source line at `place`, for the caret
/// @param help what to write instead
public record Problem(
    Severity severity,
    @Nullable Place place,
    String path,
    String message,
    @Nullable String excerpt,
    @Nullable String help) {

  public enum Severity {
    ERROR,
    WARNING
  }

  /// `file:line:col: path: message`, then the excerpt with a caret and the help, each on lines of
  /// their own; no trailing newline.
  public String print() {
    var out = new StringBuilder();
    if (place != null) {
      out.append(place).append(": ");
    }
    out.append(severity == Severity.WARNING ? "warning: " : "");
    if (!path.isEmpty()) {
      out.append(path).append(": ");
    }
    out.append(message);
    if (place != null && excerpt != null) {
      String number = Integer.toString(place.line());
      String gutter = " ".repeat(number.length());
      out.append("\n  ").append(number).append(" | ").append(excerpt);
      out.append("\n  ").append(gutter).append(" | ");
      out.append(" ".repeat(Math.max(0, place.column() - 1))).append('^');
    }
    if (help != null) {
      out.append("\n  = help: ").append(help);
    }
    return out.toString();
  }
}
