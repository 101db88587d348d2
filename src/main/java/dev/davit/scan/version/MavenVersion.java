package dev.davit.scan.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Versions by Maven's rules (maven.apache.org, "Version Order Specification"): numbers and words,
/// with `-` and every change between digits and letters beginning a list of its own.
final class MavenVersion {
  private static final List<String> QUALIFIERS =
      List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

  private MavenVersion() {}

  private sealed interface Item {}

  private record Numeral(String digits) implements Item {}

  private record Qualifier(String word) implements Item {}

  private record Sequence(List<Item> items) implements Item {}

  static int compare(String one, String other) {
    return sequences(parse(one), parse(other));
  }

  private static Sequence parse(String version) {
    String text = version.toLowerCase(Locale.ROOT);
    var root = new Sequence(new ArrayList<>());
    var lists = new ArrayList<>(List.of(root));
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      char c = end ? '.' : text.charAt(i);
      boolean separates = c == '.' || c == '-';
      boolean turns =
          !separates && i > start && Digits.isDigit(c) != Digits.isDigit(text.charAt(i - 1));
      if (!separates && !turns) {
        continue;
      }
      List<Item> items = lists.getLast().items();
      if (i > start || !end) {
        items.add(item(text.substring(start, i), turns));
      }
      if (!end && (c == '-' || turns)) {
        var nested = new Sequence(new ArrayList<>());
        items.add(nested);
        lists.add(nested);
      }
      start = turns ? i : i + 1;
    }
    lists.reversed().forEach(MavenVersion::normalize);
    return root;
  }

  private static Item item(String token, boolean digitFollows) {
    if (token.isEmpty() || Digits.isDigit(token.charAt(0))) {
      return new Numeral(token.replaceFirst("^0+", ""));
    }
    boolean isBrief = digitFollows && token.length() == 1;
    String word =
        switch (token) {
          case "a" -> isBrief ? "alpha" : token;
          case "b" -> isBrief ? "beta" : token;
          case "m" -> isBrief ? "milestone" : token;
          case "cr" -> "rc";
          case "ga", "final", "release" -> "";
          default -> token;
        };
    return new Qualifier(word);
  }

  // What says nothing counts only before a number.
  private static void normalize(Sequence list) {
    List<Item> items = list.items();
    for (int i = items.size() - 1; i >= 0; i--) {
      boolean beforeNumber = i + 1 < items.size() && items.get(i + 1) instanceof Numeral;
      if (isNothing(items.get(i)) && !beforeNumber) {
        items.remove(i);
      }
    }
  }

  private static boolean isNothing(Item item) {
    return switch (item) {
      case Numeral number -> number.digits().isEmpty();
      case Qualifier qualifier -> qualifier.word().isEmpty();
      case Sequence list -> list.items().isEmpty();
    };
  }

  private static int sequences(Sequence one, Sequence other) {
    int most = Math.max(one.items().size(), other.items().size());
    for (int i = 0; i < most; i++) {
      int result;
      if (i >= one.items().size()) {
        result = -toNothing(other.items().get(i));
      } else if (i >= other.items().size()) {
        result = toNothing(one.items().get(i));
      } else {
        result = items(one.items().get(i), other.items().get(i));
      }
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private static int toNothing(Item item) {
    return switch (item) {
      case Numeral number -> number.digits().isEmpty() ? 0 : 1;
      case Qualifier qualifier -> qualifiers(qualifier.word(), "");
      case Sequence list -> {
        for (Item each : list.items()) {
          int result = toNothing(each);
          if (result != 0) {
            yield result;
          }
        }
        yield 0;
      }
    };
  }

  // Words before lists before numbers.
  private static int items(Item one, Item other) {
    if (one instanceof Numeral a && other instanceof Numeral b) {
      return Digits.compare(a.digits(), b.digits());
    }
    if (one instanceof Qualifier a && other instanceof Qualifier b) {
      return qualifiers(a.word(), b.word());
    }
    if (one instanceof Sequence a && other instanceof Sequence b) {
      return sequences(a, b);
    }
    return Integer.compare(rank(one), rank(other));
  }

  private static int rank(Item item) {
    return switch (item) {
      case Qualifier _ -> 0;
      case Sequence _ -> 1;
      case Numeral _ -> 2;
    };
  }

  private static int qualifiers(String one, String other) {
    int a = QUALIFIERS.indexOf(one);
    int b = QUALIFIERS.indexOf(other);
    if (a < 0 && b < 0) {
      return Integer.signum(one.compareTo(other));
    }
    // Unknown words come behind all known ones.
    return Integer.compare(a < 0 ? QUALIFIERS.size() : a, b < 0 ? QUALIFIERS.size() : b);
  }
}
