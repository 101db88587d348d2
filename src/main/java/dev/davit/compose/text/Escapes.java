package dev.davit.compose.text;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Backslashes between the double quotes of an environment file.
final class Escapes {
  private static final Map<Character, String> CHARACTERS =
      Map.of(
          'a', "\u0007", 'b', "\b", 'f', "\f", 'n', "\n", 'r', "\r", 't', "\t", 'v', "\u000B", '"',
          "\"", '\\', "\\");

  /// `\0101` is an A.
  private static final Pattern OCTAL = Pattern.compile("0([0-3][0-7]{2})");

  private Escapes() {}

  /// The text without them; a `$` that has one is written for [Template], as `$$`.
  static String undo(String value) {
    var out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\' || i + 1 == value.length()) {
        out.append(c);
        continue;
      }
      char next = value.charAt(++i);
      Matcher octal = OCTAL.matcher(value).region(i, value.length());
      if (octal.lookingAt()) {
        out.append((char) Integer.parseInt(octal.group(1), 8));
        i = octal.end() - 1;
      } else {
        out.append(next == '$' ? "$$" : CHARACTERS.getOrDefault(next, "\\" + next));
      }
    }
    return out.toString();
  }
}
