package dev.davit.error;

import dev.davit.error.Problem.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text of the command line, in a language of its own, that cannot be read; points into it.
public class TextException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// @param name what the text is
  /// @param start where in it what is wrong begins, as offset; its length where something is
  ///   missing
  /// @param end behind it
  public TextException(
      String name, String text, int start, int end, String message, @Nullable String help) {
    super(Kind.INVALID, message, help);
    int lineStart = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
    int lineEnd = text.indexOf('\n', lineStart);
    String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
    int column = text.codePointCount(lineStart, Math.max(lineStart, start)) + 1;
    int width = text.codePointCount(start, Math.clamp(end, start, text.length()));
    problem =
        new Problem(
            Code.INVALID_OPTION,
            Severity.ERROR,
            new Place(name, Place.NO_LINE, column, column + Math.max(1, width)).within(line),
            "",
            message,
            line,
            help,
            List.of());
  }

  /// The same with the text and a caret.
  public Problem problem() {
    return problem;
  }
}
