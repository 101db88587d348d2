package dev.davit.compose.write;

import dev.davit.compose.text.PrintedNumber;
import java.util.Map;
import java.util.regex.Pattern;

/// How a piece of text is written in YAML so that every reader takes it for that text: as it is
/// where it can be, in the style that docker compose chooses where it cannot.
final class YamlScalar {
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL
  }

  /// Text, other than numbers, that some reader takes for something else.
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "|~|[nN]ull|NULL|[tT]rue|TRUE|[fF]alse|FALSE"
              + "|[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?" // base 60
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(" // dates
              + "[Tt][0-9]{1,2}(:[0-9]{1,2}){2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
              + "| [0-9]{1,2}(:[0-9]{1,2}){2}(\\.[0-9]+)?)?");

  /// Characters that mean something else at the beginning of a plain scalar.
  private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry(0x00, "0"),
          Map.entry(0x07, "a"),
          Map.entry(0x08, "b"),
          Map.entry(0x09, "t"),
          Map.entry(0x0A, "n"),
          Map.entry(0x0B, "v"),
          Map.entry(0x0C, "f"),
          Map.entry(0x0D, "r"),
          Map.entry(0x1B, "e"),
          Map.entry((int) '"', "\""),
          Map.entry((int) '\\', "\\"),
          Map.entry(0x85, "N"),
          Map.entry(0xA0, "_"),
          Map.entry(0x2028, "L"),
          Map.entry(0x2029, "P"));

  private YamlScalar() {}

  static Style style(String text) {
    boolean escapes = !text.codePoints().allMatch(YamlScalar::isPlain);
    if (text.indexOf('\n') >= 0) {
      boolean block = !escapes && !text.contains(" \n") && !text.endsWith(" ");
      return block ? Style.LITERAL : Style.DOUBLE_QUOTED;
    }
    boolean ambiguous = AMBIGUOUS.matcher(text).matches() || PrintedNumber.isNumber(text);
    if (escapes || ambiguous || text.indexOf('\t') >= 0) {
      return Style.DOUBLE_QUOTED;
    }
    return isIndicated(text) ? Style.SINGLE_QUOTED : Style.PLAIN;
  }

  /// Text in the style of one line.
  static String inline(String text, Style style) {
    return switch (style) {
      case PLAIN -> text;
      case SINGLE_QUOTED -> "'" + text.replace("'", "''") + "'";
      case DOUBLE_QUOTED, LITERAL -> doubleQuoted(text);
    };
  }

  /// What stands behind the `|` of a block: how deep it is indented where that cannot be seen, and
  /// what becomes of the line ends at its end.
  static String blockHeader(String text) {
    String indentation = text.startsWith(" ") || text.startsWith("\n") ? "2" : "";
    if (!text.endsWith("\n")) {
      return indentation + "-";
    }
    return indentation + (text.equals("\n") || text.endsWith("\n\n") ? "+" : "");
  }

  private static boolean isPlain(int c) {
    boolean ascii = (c >= 0x20 && c <= 0x7E) || c == '\n' || c == '\t';
    boolean other = c >= 0xA0 && c <= 0xFFFD && c != 0xFEFF && !isBreak(c);
    return ascii || (other && !Character.isSurrogate((char) c));
  }

  private static boolean isBreak(int c) {
    return c == 0x2028 || c == 0x2029;
  }

  private static boolean isIndicated(String text) {
    char first = text.charAt(0);
    boolean spaceFollows = text.length() == 1 || text.charAt(1) == ' ';
    return INDICATORS.indexOf(first) >= 0
        || ("?:-".indexOf(first) >= 0 && spaceFollows)
        || text.startsWith("---")
        || text.startsWith("...")
        || text.startsWith(" ")
        || text.endsWith(" ")
        || text.contains(": ")
        || text.endsWith(":")
        || text.contains(" #");
  }

  private static String doubleQuoted(String text) {
    var out = new StringBuilder("\"");
    boolean all = text.startsWith("\uFEFF"); // docker's way with a byte order mark
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = !all && c != '\n' && c != '\t' && c != '"' && c != '\\' && isPlain(c);
              out.append(plain ? Character.toString(c) : escaped(c));
            });
    return out.append('"').toString();
  }

  private static String escaped(int c) {
    String name = ESCAPES.get(c);
    if (name != null) {
      return "\\" + name;
    }
    if (c <= 0xFF) {
      return String.format("\\x%02X", c);
    }
    return String.format(c <= 0xFFFF ? "\\u%04X" : "\\U%08X", c);
  }
}
