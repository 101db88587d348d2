package dev.davit.scan.version;

/// Numbers in versions, which may have more digits than any type of number.
final class Digits {
  private Digits() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Where the digits that begin at `start` end; at the text's end at the latest.
  static int end(String text, int start) {
    int at = Math.min(start, text.length());
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Compares two numbers; no digits are zero.
  static int compare(String one, String other) {
    String a = stripped(one);
    String b = stripped(other);
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static String stripped(String digits) {
    int at = 0;
    while (at < digits.length() && digits.charAt(at) == '0') {
      at++;
    }
    return digits.substring(at);
  }
}
