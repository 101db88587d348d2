package dev.davit.format;

import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template that cannot be read, or asks for what is not there; points into its text.
public final class TemplateException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// @param span what is wrong, as offsets in `text`
  TemplateException(String text, Span span, String message, @Nullable String help) {
    super(Kind.INVALID, message, help);
    int start = text.lastIndexOf('\n', Math.max(0, span.start() - 1)) + 1;
    int end = text.indexOf('\n', start);
    String line = text.substring(start, end < 0 ? text.length() : end);
    int column = text.codePointCount(start, Math.max(start, span.start())) + 1;
    int width = text.codePointCount(span.start(), Math.max(span.start(), span.end()));
    problem =
        new Problem(
            Code.INVALID_OPTION,
            Severity.ERROR,
            new Place("template", Place.NO_LINE, column, column + Math.max(1, width)).within(line),
            "",
            message,
            line,
            help,
            List.of());
  }

  /// The same with the template's text and a caret.
  public Problem problem() {
    return problem;
  }
}
