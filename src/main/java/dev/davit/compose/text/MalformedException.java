package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Text that is not what it should be: the message is for people, the help says what to write.
/// Caught where the place of the text is known.
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// As much of a text is repeated in a message.
  private static final int LONGEST = 400;

  private final Code code;
  private final @Nullable String help;
  private final @Nullable String part;

  public MalformedException(Code code, String message, @Nullable String help) {
    this(code, message, help, null);
  }

  /// @param part of the text that is wrong
  public MalformedException(
      Code code, String message, @Nullable String help, @Nullable String part) {
    super(message, null, false, false);
    this.code = code;
    this.help = help;
    this.part = part;
  }

  /// `invalid duration "10"`.
  public static MalformedException invalid(
      Code code, String what, String text, @Nullable String help) {
    return new MalformedException(code, "invalid " + what + " \"" + shown(text) + "\"", help, text);
  }

  private static String shown(String text) {
    boolean all = text.length() <= LONGEST;
    return all ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "...";
  }

  public Code code() {
    return code;
  }

  /// What of the text is wrong, where that is known.
  public Optional<String> part() {
    return Optional.ofNullable(part);
  }

  /// The message; never absent.
  public String text() {
    return String.valueOf(getMessage());
  }

  public Optional<String> help() {
    return Optional.ofNullable(help);
  }
}
