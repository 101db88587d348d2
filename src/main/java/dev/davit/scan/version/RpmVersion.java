package dev.davit.scan.version;

/// `[epoch:]version[-release]` by rpmvercmp (rpm.org, "Version comparison").
final class RpmVersion {
  private RpmVersion() {}

  static int compare(String one, String other) {
    Parts a = Parts.of(one);
    Parts b = Parts.of(other);
    int epochs = Digits.compare(a.epoch(), b.epoch());
    if (epochs != 0) {
      return epochs;
    }
    int versions = segments(a.version(), b.version());
    // Who leaves the release out means any.
    return versions != 0 || a.release().isEmpty() || b.release().isEmpty()
        ? versions
        : segments(a.release(), b.release());
  }

  private static int segments(String one, String other) {
    int i = 0;
    int j = 0;
    while (true) {
      i = separators(one, i);
      j = separators(other, j);
      char a = at(one, i);
      char b = at(other, j);
      if (a == '~' || b == '~') {
        if (a != b) {
          return a == '~' ? -1 : 1;
        }
        i++;
        j++;
        continue;
      }
      if (a == '^' || b == '^') {
        if (a != b) {
          // It is newer than its base alone, and older than anything that follows that.
          char caretless = a == '^' ? b : a;
          int caret = caretless == 0 ? 1 : -1;
          return a == '^' ? caret : -caret;
        }
        i++;
        j++;
        continue;
      }
      if (a == 0 || b == 0) {
        return Boolean.compare(a != 0, b != 0);
      }
      boolean numeric = Digits.isDigit(a);
      if (numeric != Digits.isDigit(b)) {
        return numeric ? 1 : -1;
      }
      int oneEnd = numeric ? Digits.end(one, i) : letters(one, i);
      int otherEnd = numeric ? Digits.end(other, j) : letters(other, j);
      String x = one.substring(i, oneEnd);
      String y = other.substring(j, otherEnd);
      int difference = numeric ? Digits.compare(x, y) : Integer.signum(x.compareTo(y));
      if (difference != 0) {
        return difference;
      }
      i = oneEnd;
      j = otherEnd;
    }
  }

  private static char at(String text, int at) {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int separators(String text, int start) {
    int at = start;
    while (at < text.length()
        && !isLetter(text.charAt(at))
        && !Digits.isDigit(text.charAt(at))
        && text.charAt(at) != '~'
        && text.charAt(at) != '^') {
      at++;
    }
    return at;
  }

  private static int letters(String text, int start) {
    int at = start;
    while (at < text.length() && isLetter(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
