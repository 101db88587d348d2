package dev.davit.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The distribution that an image is of, by os-release(5).
///
/// @param id `debian`, empty where nothing says so
/// @param version `12`, empty for a rolling one
/// @param name for people
public record Os(String id, String version, String name) {
  public static final Os UNKNOWN = new Os("", "", "");

  private static final Pattern LINE = Pattern.compile("([A-Z_0-9]+)=(.*)");

  static Os parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        values.put(matcher.group(1), unquoted(matcher.group(2)));
      }
    }
    return new Os(
        values.getOrDefault("ID", ""),
        values.getOrDefault("VERSION_ID", ""),
        values.getOrDefault("PRETTY_NAME", values.getOrDefault("NAME", "")));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.endsWith(value.substring(0, 1));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
