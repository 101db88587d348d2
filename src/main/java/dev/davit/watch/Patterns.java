package dev.davit.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Patterns as a .dockerignore has them. The last one that matches a path, or a directory above it,
/// decides; one that begins with `!` takes the path out again.
public final class Patterns {
  public static final Patterns NONE = new Patterns(List.of());

  private static final String SPECIAL = "\\.+(){}^$|";

  private final List<One> patterns;

  private record One(Pattern pattern, boolean excludes) {}

  private Patterns(List<One> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /// Single patterns, relative to a directory.
  public static Patterns of(List<String> texts) {
    var patterns = new ArrayList<One>();
    for (String text : texts) {
      String trimmed = text.strip();
      boolean excludes = trimmed.startsWith("!");
      String path = clean(excludes ? trimmed.substring(1).strip() : trimmed);
      if (!path.isEmpty()) {
        patterns.add(new One(compile(path), excludes));
      }
    }
    return new Patterns(patterns);
  }

  /// The content of a .dockerignore: a pattern a line, comments begin with `#` in the first column.
  public static Patterns ofFile(String content) {
    String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
    return of(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  // What is above the directory is nothing that is looked for.
  private static String clean(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> {
          if (!names.isEmpty()) {
            names.removeLast();
          }
        }
        default -> names.add(name);
      }
    }
    return String.join("/", names);
  }

  private static Pattern compile(String path) {
    var regex = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      switch (c) {
        case '*' -> i = stars(path, i, regex);
        case '?' -> regex.append("[^/]");
        case '[' -> i = bracket(path, i, regex);
        case '\\' -> {
          if (i + 1 < path.length()) {
            i++;
          }
          literal(path.charAt(i), regex);
        }
        default -> literal(c, regex);
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(path));
    }
  }

  // Two stars are any number of directories, and at the end anything.
  private static int stars(String path, int at, StringBuilder regex) {
    if (!path.startsWith("**", at)) {
      regex.append("[^/]*");
      return at;
    }
    int end = at + 2;
    if (end == path.length()) {
      regex.append(".*");
      return end - 1;
    }
    regex.append("(.*/)?");
    return path.charAt(end) == '/' ? end : end - 1;
  }

  // Go's path/filepath: [a-z], [^a-z]; one without end is itself.
  private static int bracket(String path, int at, StringBuilder regex) {
    int end = path.indexOf(']', at + 2);
    if (end < 0) {
      literal('[', regex);
      return at;
    }
    String inside = path.substring(at + 1, end);
    boolean inverted = inside.startsWith("^") || inside.startsWith("!");
    regex.append('[').append(inverted ? "^/" : "");
    for (char c : inside.substring(inverted ? 1 : 0).toCharArray()) {
      regex.append("[&^".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    regex.append(']');
    return end;
  }

  private static void literal(char c, StringBuilder regex) {
    if (SPECIAL.indexOf(c) >= 0 || "[]*?".indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /// Whether `path`, which is relative and clean, is matched.
  public boolean matches(String path) {
    boolean matched = false;
    for (One one : patterns) {
      if (one.excludes() == matched && matchesOrAbove(one.pattern(), path)) {
        matched = !one.excludes();
      }
    }
    return matched;
  }

  private static boolean matchesOrAbove(Pattern pattern, String path) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (pattern.matcher(path.substring(0, end)).matches()) {
        return true;
      }
    }
    return pattern.matcher(path).matches();
  }

  /// Whether the directory `path` and all that can be below it is matched.
  public boolean matchesAll(String path) {
    return patterns.stream().noneMatch(One::excludes) && matches(path);
  }
}
