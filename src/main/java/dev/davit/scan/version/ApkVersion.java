package dev.davit.scan.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `1.2.3a_rc1-r4` as apk orders it (apk-package(5)).
final class ApkVersion {
  private static final Pattern WHOLE =
      Pattern.compile("(\\d+(?:\\.\\d+)*)([a-z]?)((?:_[a-z]+\\d*)*)(?:~[0-9a-f]+)?(?:-r(\\d+))?.*");
  private static final Pattern SUFFIX = Pattern.compile("_([a-z]+)(\\d*)");
  // Those before nothing at all come before it.
  private static final List<String> SUFFIXES =
      List.of("alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p");

  private final List<String> numbers;
  private final String letter;
  private final List<String> suffixes = new ArrayList<>();
  private final List<String> suffixNumbers = new ArrayList<>();
  private final String release;

  private ApkVersion(String version) {
    Matcher whole = WHOLE.matcher(version);
    if (!whole.matches()) {
      // No version of apk's is like that: older than all.
      numbers = List.of();
      letter = "";
      release = "";
      return;
    }
    numbers = List.of(whole.group(1).split("\\.", -1));
    letter = whole.group(2);
    Matcher suffix = SUFFIX.matcher(whole.group(3));
    while (suffix.find()) {
      suffixes.add(suffix.group(1));
      suffixNumbers.add(suffix.group(2));
    }
    release = whole.group(4) == null ? "" : whole.group(4);
  }

  static int compare(String one, String other) {
    return new ApkVersion(one).compare(new ApkVersion(other));
  }

  private int compare(ApkVersion other) {
    int result = numbers(other);
    if (result == 0) {
      result = Integer.signum(letter.compareTo(other.letter));
    }
    if (result == 0) {
      result = suffixes(other);
    }
    if (result == 0) {
      result = Boolean.compare(!release.isEmpty(), !other.release.isEmpty());
    }
    return result != 0 ? result : Digits.compare(release, other.release);
  }

  private int numbers(ApkVersion other) {
    int shared = Math.min(numbers.size(), other.numbers.size());
    for (int i = 0; i < shared; i++) {
      String a = numbers.get(i);
      String b = other.numbers.get(i);
      // Behind the first, what begins with a zero is a fraction.
      boolean fraction = i > 0 && (a.startsWith("0") || b.startsWith("0"));
      int result = fraction ? Integer.signum(a.compareTo(b)) : Digits.compare(a, b);
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(numbers.size(), other.numbers.size());
  }

  private int suffixes(ApkVersion other) {
    int most = Math.max(suffixes.size(), other.suffixes.size());
    for (int i = 0; i < most; i++) {
      int result = Integer.compare(rank(i), other.rank(i));
      if (result == 0) {
        result = Digits.compare(suffixNumber(i), other.suffixNumber(i));
      }
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private int rank(int at) {
    int rank = SUFFIXES.indexOf(at < suffixes.size() ? suffixes.get(at) : "");
    return rank < 0 ? SUFFIXES.size() : rank;
  }

  private String suffixNumber(int at) {
    return at < suffixNumbers.size() ? suffixNumbers.get(at) : "";
  }
}
