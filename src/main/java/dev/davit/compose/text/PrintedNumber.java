package dev.davit.compose.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How docker compose prints the numbers of YAML files: `0x1F` is 31, `1.50` is 1.5, `1000000.0` is
/// 1e+06. Where a number becomes text, in `environment` say, it becomes the same text.
public final class PrintedNumber {
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

  private static final int LONGEST = 1000;

  /// What docker's whole numbers hold; beyond, they are fractional.
  private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private static final BigInteger LEAST = BigInteger.TWO.pow(63).negate();

  /// Fractional numbers in this range of exponents are written without one.
  private enum Plain {
    YAML(-5, 6),
    JSON(-7, 21);

    private final int above;
    private final int below;

    Plain(int above, int below) {
      this.above = above;
      this.below = below;
    }
  }

  private PrintedNumber() {}

  /// As YAML and as text.
  ///
  /// @param written a number of YAML 1.1 or 1.2, with or without a fraction
  public static String yaml(String written) {
    return whole(written)
        .map(BigInteger::toString)
        .orElseGet(() -> fraction(value(written), Plain.YAML));
  }

  /// As JSON.
  public static String json(String written) {
    return whole(written)
        .map(BigInteger::toString)
        .orElseGet(() -> fraction(value(written), Plain.JSON));
  }

  /// With the digits that single precision has, 0.33333334 for 0.333333333.
  public static String single(String written) {
    float value = (float) value(written);
    return Float.isFinite(value)
        ? new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString()
        : written;
  }

  /// Whether some reader of YAML takes this text for a number; what is larger than any is text.
  public static boolean isNumber(String text) {
    if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0 || text.length() > LONGEST) {
      return false;
    }
    boolean fraction = FRACTION.matcher(text.replace("_", "")).matches();
    return whole(text).isPresent() || (fraction && Double.isFinite(value(text)));
  }

  private static Optional<BigInteger> whole(String written) {
    String digits = written.replace("_", "");
    boolean negative = digits.startsWith("-");
    String magnitude = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = radix(magnitude);
    String bare = isMarked(magnitude) ? magnitude.substring(2) : magnitude;
    if (bare.isEmpty() || !bare.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(bare, radix);
    return Optional.of(negative ? number.negate() : number)
        .filter(it -> it.compareTo(LEAST) >= 0 && it.compareTo(MOST) <= 0);
  }

  /// Whether a number begins with the mark of its radix: `0x`, `0o`, `0b`.
  private static boolean isMarked(String magnitude) {
    return magnitude.length() > 1
        && magnitude.charAt(0) == '0'
        && "xXoObB".indexOf(magnitude.charAt(1)) >= 0;
  }

  private static int radix(String magnitude) {
    if (isMarked(magnitude)) {
      return switch (magnitude.charAt(1)) {
        case 'x', 'X' -> 16;
        case 'b', 'B' -> 2;
        default -> 8;
      };
    }
    // 0777 is octal, 089 is not and so becomes a decimal
    return OCTAL.matcher(magnitude).matches() ? 8 : 10;
  }

  private static double value(String written) {
    String text = written.replace("_", "");
    return switch (text.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT)) {
      case ".inf" -> text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case ".nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static String fraction(double value, Plain plain) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = exact.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - exact.scale();
    if (exponent > plain.above && exponent < plain.below) {
      return exact.toPlainString();
    }
    String mantissa = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
    String sign = value < 0 ? "-" : "";
    int size = Math.abs(exponent);
    String power = plain == Plain.YAML && size < 10 ? "0" + size : "" + size;
    return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
  }
}
