package dev.davit.format;

import java.util.regex.Pattern;

/// Text of a container that cannot do anything to the terminal that shows it.
public final class Neutral {
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\033\\[[0-?]*[ -/]*[@-~]" // CSI: cursor, erase, modes
              + "|\033[\\]PX^_][^\007\033]*(\007|\033\\\\|$)" // OSC, DCS…: titles, clipboard
              + "|\033[ -/]*[0-~]?" // the rest
              + "|[\\x00-\\x08\\x0b-\\x1f\\x7f\\x80-\\x9f]");
  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;:]*m");

  private Neutral() {}

  /// Without any control sequence.
  public static String text(String line) {
    return SEQUENCE.matcher(line).replaceAll("");
  }

  /// With colours, which end at the end of the line.
  public static String coloured(String line) {
    if (line.indexOf('\033') < 0) {
      return text(line);
    }
    String kept =
        SEQUENCE
            .matcher(line)
            .replaceAll(
                found ->
                    COLOUR.matcher(found.group()).matches()
                        ? java.util.regex.Matcher.quoteReplacement(found.group())
                        : "");
    return kept + "\033[0m";
  }
}
