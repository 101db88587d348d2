package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as they are set for the engine: `20g`.
public final class ByteSize {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})([kmgt]?)b?", Pattern.CASE_INSENSITIVE);

  private ByteSize() {}

  /// The bytes that `text` says, by powers of 1024.
  ///
  /// @param setting where it was written, for the message
  public static long parse(String setting, String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new DavitException(
          Kind.INVALID,
          "invalid size \"%s\" in %s".formatted(text, setting),
          "write a number with k, m, g or t behind it, such as 20g");
    }
    String unit = size.group(2).toLowerCase(Locale.ROOT);
    int shift = unit.isEmpty() ? 0 : 10 + 10 * "kmgt".indexOf(unit);
    return Long.parseLong(size.group(1)) << shift;
  }
}
