package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Environment files as `docker run --env-file` reads them: `KEY=value` lines without quotes and
/// variables.
public final class RawLines {
  private RawLines() {}

  /// A key without value has the outer value, or is left out.
  public static Map<String, Dotenv.Value> parse(String text, Dotenv.Lookup outer) {
    var values = new LinkedHashMap<String, Dotenv.Value>();
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripLeading();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals);
        int column = 1 + lines.get(i).length() - line.length();
        var span = new Dotenv.Span(i + 1, column, column + Math.max(1, key.length()));
        check(key, span);
        @Nullable String value = equals < 0 ? outer.get(key) : line.substring(equals + 1);
        if (value != null) {
          checkWritable(value, span);
          values.put(key, new Dotenv.Value(value, span));
        }
      }
    }
    return values;
  }

  private static void checkWritable(String value, Dotenv.Span span) {
    try {
      Unwritable.check(value);
    } catch (MalformedException e) {
      throw new Dotenv.LineException(e, span);
    }
  }

  private static void check(String key, Dotenv.Span span) {
    if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
      throw new Dotenv.LineException(
          new MalformedException(
              Code.INVALID_ENV_FILE,
              key.isEmpty() ? "no variable name" : "blank in variable name \"" + key + "\"",
              "write NAME=VALUE without blanks before ="),
          span);
    }
  }
}
