package dev.davit.scan.version;

/// `[epoch:]upstream[-revision]`, deb-version(7).
final class DebVersion {
  private DebVersion() {}

  static int compare(String one, String other) {
    Parts a = Parts.of(one);
    Parts b = Parts.of(other);
    int epochs = Digits.compare(a.epoch(), b.epoch());
    if (epochs != 0) {
      return epochs;
    }
    int upstream = part(a.version(), b.version());
    return upstream != 0 ? upstream : part(a.release(), b.release());
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
