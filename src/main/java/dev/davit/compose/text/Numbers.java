package dev.davit.compose.text;

import dev.davit.error.Code;
import java.math.BigDecimal;
import java.util.Locale;

/// Numbers of Compose files.
public final class Numbers {
  /// Behind the point, or zeros before it: more than any double has.
  private static final int MOST_DIGITS = 400;

  private Numbers() {}

  /// A whole number: decimal, `0o17`, `0x1f`, `1_000`.
  public static long whole(String text) {
    String digits = text.replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return Long.parseLong(digits.substring(2), 16);
      }
      return digits.startsWith("0o")
          ? Long.parseLong(digits.substring(2), 8)
          : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw MalformedException.invalid(
          Code.INVALID_NUMBER,
          "whole number",
          text,
          text.matches("[-+]?\\d+") ? "it is too large" : "write digits only");
    }
  }

  /// A number with or without a fraction, as it is printed: `0.50` becomes `0.5`.
  public static String decimal(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip()).stripTrailingZeros();
      if (Math.abs((long) number.scale()) > MOST_DIGITS) {
        throw MalformedException.invalid(
            Code.INVALID_NUMBER, "number", text, "write a number, such as 0.5");
      }
      return number.toPlainString();
    } catch (NumberFormatException e) {
      throw MalformedException.invalid(
          Code.INVALID_NUMBER, "number", text, "write a number, such as 0.5");
    }
  }

  /// Permission bits as text: `0440`, `0o440`, `440` are the same.
  public static int octal(String text) {
    return mode(text, text.replaceFirst("^0o", ""), 8);
  }

  /// Permission bits as a number of YAML: `0440`, `0o440` and `288` are the same.
  public static int mode(String number) {
    if (number.startsWith("0x")) {
      return mode(number, number.substring(2), 16);
    }
    return number.startsWith("0") ? octal(number) : mode(number, number, 10);
  }

  private static int mode(String text, String digits, int radix) {
    try {
      int mode = Integer.parseInt(digits, radix);
      if (mode >= 0 && mode <= 07777) {
        return mode;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw MalformedException.invalid(
        Code.INVALID_NUMBER, "mode", text, "write octal digits, such as 0440");
  }

  /// A boolean, in YAML 1.1's words too.
  public static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "y", "yes", "on" -> true;
      case "false", "n", "no", "off" -> false;
      default ->
          throw MalformedException.invalid(
              Code.INVALID_NUMBER, "boolean", text, "write true or false");
    };
  }

  /// Whether an environment variable says yes, in the words that docker compose takes for it.
  public static boolean isOn(String variable) {
    return switch (variable.strip().toLowerCase(Locale.ROOT)) {
      case "1", "t", "true", "y" -> true;
      default -> false;
    };
  }
}
