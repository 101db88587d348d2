package dev.davit.format;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The functions of templates: those of Go's text/template and those that docker adds. `and` and
/// `or`, which do not look at all their arguments, are the [Renderer]'s.
final class Functions {
  private static final Map<String, Body> ALL =
      Map.ofEntries(
          function("json", it -> Json.compact(one(it))),
          function("upper", it -> text(one(it)).toUpperCase(Locale.ROOT)),
          function("lower", it -> text(one(it)).toLowerCase(Locale.ROOT)),
          function("title", it -> title(text(one(it)))),
          function("split", Functions::split),
          function("join", Functions::join),
          function("pad", Functions::pad),
          function("truncate", Functions::truncate),
          function("print", Functions::print),
          function("println", it -> spaced(it) + "\n"),
          function("printf", Functions::printf),
          function("len", it -> length(one(it))),
          function("index", Functions::index),
          function("not", it -> !Values.isTrue(one(it))),
          function("eq", Functions::equal),
          function("ne", it -> !equal(it)),
          function("lt", it -> compare(it) < 0),
          function("le", it -> compare(it) <= 0),
          function("gt", it -> compare(it) > 0),
          function("ge", it -> compare(it) >= 0));

  @FunctionalInterface
  private interface Body {
    @Nullable Object of(Arguments arguments);
  }

  /// The values that a function gets.
  private record Arguments(List<@Nullable Object> values) {
    @Nullable Object get(int index) {
      return values.get(index);
    }

    int size() {
      return values.size();
    }

    List<@Nullable Object> rest() {
      return values.subList(1, values.size());
    }
  }

  /// All names that may be called.
  static final Collection<String> NAMES = names();

  private Functions() {}

  private static Map.Entry<String, Body> function(String name, Body body) {
    return Map.entry(name, body);
  }

  private static Collection<String> names() {
    var names = new TreeSet<>(ALL.keySet());
    names.addAll(List.of("and", "or"));
    return names;
  }

  /// Throws [IllegalArgumentException] for arguments that do not fit.
  static @Nullable Object call(String name, List<@Nullable Object> arguments) {
    return Objects.requireNonNull(ALL.get(name)).of(new Arguments(arguments));
  }

  private static void count(Arguments arguments, int count) {
    if (arguments.size() != count) {
      throw new IllegalArgumentException(
          "takes " + count + (count == 1 ? " value" : " values") + ", not " + arguments.size());
    }
  }

  private static @Nullable Object one(Arguments arguments) {
    count(arguments, 1);
    return arguments.get(0);
  }

  private static String text(@Nullable Object value) {
    return Values.print(value);
  }

  private static Number numeric(@Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("has \"" + text(value) + "\", which is no number");
  }

  private static int number(@Nullable Object value) {
    return Math.clamp(numeric(value).longValue(), -10_000, 10_000);
  }

  private static String title(String text) {
    var title = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
        title.setCharAt(i, Character.toTitleCase(text.charAt(i)));
      }
    }
    return title.toString();
  }

  private static Object split(Arguments arguments) {
    count(arguments, 2);
    String separator = Pattern.quote(text(arguments.get(1)));
    return List.of(text(arguments.get(0)).split(separator, -1));
  }

  private static Object join(Arguments arguments) {
    count(arguments, 2);
    if (arguments.get(0) instanceof Collection<?> list) {
      return list.stream().map(Values::print).collect(Collectors.joining(text(arguments.get(1))));
    }
    throw new IllegalArgumentException("joins a list");
  }

  private static Object pad(Arguments arguments) {
    count(arguments, 3);
    String text = text(arguments.get(0));
    return text.isEmpty()
        ? text
        : " ".repeat(Math.max(0, number(arguments.get(1))))
            + text
            + " ".repeat(Math.max(0, number(arguments.get(2))));
  }

  private static Object truncate(Arguments arguments) {
    count(arguments, 2);
    String text = text(arguments.get(0));
    int length = Math.max(0, number(arguments.get(1)));
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }

  // As Go: a space only between two values that are no strings.
  private static Object print(Arguments arguments) {
    var out = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      boolean between =
          i > 0
              && !(arguments.get(i) instanceof String)
              && !(arguments.get(i - 1) instanceof String);
      out.append(between ? " " : "").append(text(arguments.get(i)));
    }
    return out.toString();
  }

  private static String spaced(Arguments arguments) {
    return arguments.values().stream().map(Values::print).collect(Collectors.joining(" "));
  }

  // Go's verbs that a template is likely to use; widths and flags as Java has them.
  private static Object printf(Arguments arguments) {
    if (arguments.size() == 0) {
      throw new IllegalArgumentException("takes a format");
    }
    List<@Nullable Object> values = arguments.rest();
    String format = text(arguments.get(0));
    var verbs = Pattern.compile("%([-+ 0#]*\\d*(?:\\.\\d+)?)([a-zA-Z%])").matcher(format);
    var out = new StringBuilder();
    int next = 0;
    while (verbs.find()) {
      String shown = "%";
      if (!verbs.group(2).equals("%")) {
        if (next >= values.size()) {
          throw new IllegalArgumentException("has no value for " + verbs.group());
        }
        shown = verb(verbs.group(1), verbs.group(2), values.get(next++));
      }
      verbs.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    verbs.appendTail(out);
    return out.toString();
  }

  private static String verb(String flags, String verb, @Nullable Object value) {
    return switch (verb) {
      case "s", "v" -> ("%" + flags + "s").formatted(text(value));
      case "q" -> ("%" + flags + "s").formatted(Json.compact(text(value)));
      case "t" -> ("%" + flags + "b").formatted(value);
      case "d", "x" -> ("%" + flags + verb).formatted(numeric(value).longValue());
      case "f" -> ("%" + flags + "f").formatted(numeric(value).doubleValue());
      default ->
          throw new IllegalArgumentException("cannot print \"" + text(value) + "\" with %" + verb);
    };
  }

  private static Object length(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) text.length();
      case Collection<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      case null, default ->
          throw new IllegalArgumentException("\"" + text(value) + "\" has no length");
    };
  }

  private static @Nullable Object index(Arguments arguments) {
    if (arguments.size() == 0) {
      throw new IllegalArgumentException("takes a list or a map");
    }
    @Nullable Object value = Values.plain(arguments.get(0));
    for (Object key : arguments.rest()) {
      value = Values.plain(element(value, key));
    }
    return value;
  }

  private static @Nullable Object element(@Nullable Object value, @Nullable Object key) {
    return switch (value) {
      case Map<?, ?> map -> Values.entry(map, text(key));
      case List<?> list -> {
        int index = number(key);
        if (index < 0 || index >= list.size()) {
          throw new IllegalArgumentException(
              "element " + index + " of a list that has " + list.size());
        }
        yield list.get(index);
      }
      case null, default ->
          throw new IllegalArgumentException("\"" + text(value) + "\" is no list and no map");
    };
  }

  private static boolean equal(Arguments arguments) {
    if (arguments.size() < 2) {
      throw new IllegalArgumentException("takes two values or more");
    }
    @Nullable Object first = Values.plain(arguments.get(0));
    return arguments.rest().stream().anyMatch(other -> Values.same(first, Values.plain(other)));
  }

  private static int compare(Arguments arguments) {
    count(arguments, 2);
    @Nullable Object left = Values.plain(arguments.get(0));
    @Nullable Object right = Values.plain(arguments.get(1));
    if (left instanceof Number a && right instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    throw new IllegalArgumentException(
        "cannot compare \"" + text(left) + "\" with \"" + text(right) + "\"");
  }
}
