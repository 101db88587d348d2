package dev.davit.compose.write;

import java.math.BigInteger;
import java.util.Comparator;

/// The order of map keys in docker's YAML: numbers inside names count as numbers, so `web2` comes
/// before `web10`; letters come after other characters, but before them behind a digit.
final class NaturalOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    int shared = 0;
    while (shared < Math.min(a.length, b.length) && a[shared] == b[shared]) {
      shared++;
    }
    return shared == a.length || shared == b.length
        ? Integer.compare(a.length, b.length)
        : atFirstDifference(a, b, shared);
  }

  private static int atFirstDifference(int[] a, int[] b, int at) {
    boolean letterA = Character.isLetter(a[at]);
    boolean letterB = Character.isLetter(b[at]);
    if (letterA && letterB) {
      return Integer.compare(a[at], b[at]);
    }
    if (letterA || letterB) {
      boolean afterDigit = at > 0 && Character.isDigit(a[at - 1]);
      return letterA == afterDigit ? -1 : 1;
    }
    int start = at;
    while (start > 0 && Character.isDigit(a[start - 1])) {
      start--;
    }
    int endA = digitsEnd(a, at);
    int endB = digitsEnd(b, at);
    int byNumber = number(a, start, endA).compareTo(number(b, start, endB));
    if (byNumber != 0 && (endA > at || endB > at)) {
      return byNumber;
    }
    return endA == endB ? Integer.compare(a[at], b[at]) : Integer.compare(endA, endB);
  }

  private static int digitsEnd(int[] text, int from) {
    int end = from;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }

  private static BigInteger number(int[] text, int start, int end) {
    BigInteger number = BigInteger.ZERO;
    for (int i = start; i < end; i++) {
      number =
          number.multiply(BigInteger.TEN).add(BigInteger.valueOf(Character.digit(text[i], 10)));
    }
    return number;
  }
}
