package dev.davit.compose.text;

import dev.davit.error.Code;

/// Text that no path, argument or variable can have: the kernel ends texts at a NUL, and half of a
/// surrogate pair has no UTF-8.
public final class Unwritable {
  private Unwritable() {}

  /// @throws MalformedException if there is such a character
  public static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw problem("NUL character", "remove it: a text ends there for every program");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : c)) {
          throw problem("half of a character (U+%04X)".formatted((int) c), "write the whole one");
        }
        i++;
      }
    }
  }

  private static MalformedException problem(String message, String help) {
    return new MalformedException(Code.UNWRITABLE_TEXT, message, help);
  }
}
