package dev.davit.cli;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Words of a command line as typed values; a word that does not fit is a usage error that names
/// the option or argument.
final class Values {
  private Values() {}

  static @Nullable Object convert(String name, String word, Class<?> type) {
    if (type == String.class) {
      return word;
    } else if (type == boolean.class || type == Boolean.class) {
      return truth(name, word);
    } else if (type == int.class || type == Integer.class) {
      return integer(name, word);
    } else if (type == long.class || type == Long.class) {
      return number(name, word);
    } else if (type.isEnum()) {
      return constant(name, word, type);
    }
    throw new IllegalArgumentException("parameter type " + type + " of " + name);
  }

  /// What an option or argument that is not given counts as.
  static @Nullable Object absent(Class<?> type) {
    if (type == boolean.class) {
      return false;
    } else if (type == int.class) {
      return 0;
    }
    return type == long.class ? (Object) 0L : null;
  }

  static boolean truth(String name, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> throw invalid(name, word, "true or false");
    };
  }

  static int integer(String name, String word) {
    long value = number(name, word);
    if (value != (int) value) {
      throw invalid(name, word, "a whole number");
    }
    return (int) value;
  }

  static long number(String name, String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw invalid(name, word, "a whole number");
    }
  }

  static String oneOf(String name, String word, List<String> allowed) {
    if (!allowed.contains(word)) {
      throw invalid(
          name, word, "one of " + String.join(", ", allowed), Suggestion.of(word, allowed));
    }
    return word;
  }

  private static Object constant(String name, String word, Class<?> type) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (text(constant).equals(word)) {
        return constant;
      }
    }
    List<String> allowed = Arrays.stream(constants).map(Values::text).toList();
    throw invalid(name, word, "one of " + String.join(", ", allowed), Suggestion.of(word, allowed));
  }

  /// An enum constant as it is written on a command line: `NO_TRUNC` is `no-trunc`.
  static String text(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static UsageException invalid(String name, String word, String expected) {
    return invalid(name, word, expected, null);
  }

  private static UsageException invalid(
      String name, String word, String expected, @Nullable String help) {
    String message = "value \"%s\" of \"%s\" is not %s".formatted(word, name, expected);
    return new UsageException(Code.INVALID_OPTION, message, help, word);
  }
}
