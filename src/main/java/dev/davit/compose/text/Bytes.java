package dev.davit.compose.text;

import dev.davit.error.Code;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes: `512m`, `1.5GB`, `64kib`, a plain number. A k is 1024, whatever follows it.
public final class Bytes {
  private static final Pattern SIZE =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)\\s*([kmgtp]?)(i?b)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "kmgtp";

  private Bytes() {}

  public static long parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw invalid(text);
    }
    int power = UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1;
    int exponent = size.group(2).isEmpty() ? 0 : power;
    var bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * exponent)));
    if (bytes.toBigInteger().bitLength() > 63) {
      throw invalid(text);
    }
    return bytes.longValue();
  }

  private static MalformedException invalid(String text) {
    return MalformedException.invalid(
        Code.INVALID_SIZE,
        "size",
        text,
        "write a number of bytes with an optional unit: b, k, m or g, such as 512m");
  }
}
