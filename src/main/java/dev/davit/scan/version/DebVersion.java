package dev.davit.scan.version;

/// `[epoch:]upstream[-revision]`, deb-version(7).
final class DebVersion {
  private DebVersion() {}

  static int compare(String one, String other) {
    int epochs = Digits.compare(epoch(one), epoch(other));
    if (epochs != 0) {
      return epochs;
    }
    String oneRest = rest(one);
    String otherRest = rest(other);
    int upstream = part(upstream(oneRest), upstream(otherRest));
    return upstream != 0 ? upstream : part(revision(oneRest), revision(otherRest));
  }

  private static String epoch(String version) {
    int colon = version.indexOf(':');
    return colon < 0 ? "0" : version.substring(0, colon);
  }

  private static String rest(String version) {
    return version.substring(version.indexOf(':') + 1);
  }

  private static String upstream(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? version : version.substring(0, dash);
  }

  private static String revision(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  // By turns what is no digit, letter by letter, and numbers.
  private static int part(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() || j < other.length()) {
      while (isText(one, i) || isText(other, j)) {
        int difference = Integer.compare(order(one, i), order(other, j));
        if (difference != 0) {
          return difference;
        }
        i++;
        j++;
      }
      int oneEnd = Digits.end(one, i);
      int otherEnd = Digits.end(other, j);
      int difference =
          Digits.compare(
              one.substring(Math.min(i, one.length()), oneEnd),
              other.substring(Math.min(j, other.length()), otherEnd));
      if (difference != 0) {
        return difference;
      }
      i = oneEnd;
      j = otherEnd;
    }
    return 0;
  }

  private static boolean isText(String text, int at) {
    return at < text.length() && !Digits.isDigit(text.charAt(at));
  }

  // A tilde is before the end, the end before letters, these before all else.
  private static int order(String text, int at) {
    if (!isText(text, at)) {
      return 0;
    }
    char c = text.charAt(at);
    if (c == '~') {
      return -1;
    }
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isLetter ? c : c + 256;
  }
}
