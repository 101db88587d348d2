package dev.davit.format;

import dev.davit.error.TextException;
import org.jspecify.annotations.Nullable;

/// A template that cannot be read, or asks for what is not there; points into its text.
public final class TemplateException extends TextException {
  private static final long serialVersionUID = 1L;

  /// @param span what is wrong, as offsets in `text`
  TemplateException(String text, Span span, String message, @Nullable String help) {
    super("template", text, span.start(), span.end(), message, help);
  }
}
