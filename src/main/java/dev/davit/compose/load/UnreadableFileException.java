package dev.davit.compose.load;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A file that is there but cannot be read as text.
final class UnreadableFileException extends DavitException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(String file, String why) {
    super(Kind.INVALID, "file \"" + file + "\" cannot be read: " + why);
  }

  /// The message; never absent.
  String text() {
    return String.valueOf(getMessage());
  }
}
