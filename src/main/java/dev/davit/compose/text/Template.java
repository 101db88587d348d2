package dev.davit.compose.text;

import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text with variables: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?message}`,
/// `${X?message}`, `${X:+instead}`, `${X+instead}`, and `$$` for one `$`. What follows the operator
/// is a template too.
public final class Template {
  private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
  private static final Pattern OPERATOR = Pattern.compile(":?[-?+]");

  /// More than anybody writes, and less than the stack can bear.
  private static final int MAX_DEPTH = 100;

  private static final String ESCAPE_HELP = "to mean a $ itself, write $$";

  private final String text;
  private final Variables variables;
  private int at;
  private int depth;

  /// A variable that a text mentions.
  ///
  /// @param otherwise the text that takes its place where it has no value, empty where there is
  ///   none
  /// @param instead the text that takes its place where it has one, empty where there is none
  public record Mention(String name, boolean required, String otherwise, String instead) {

    /// What two mentions of one variable say.
    public Mention with(Mention later) {
      return new Mention(
          name,
          required || later.required,
          otherwise.isEmpty() ? later.otherwise : otherwise,
          instead.isEmpty() ? later.instead : instead);
    }
  }

  /// Where values come from.
  public interface Variables {
    @Nullable String get(String name);

    /// Told of a variable without value and default.
    ///
    /// @param offset of its `$` in the text
    void unset(String name, int offset);

    /// Told of every variable.
    default void mentioned(Mention mention) {}
  }

  private Template(String text, Variables variables) {
    this.text = text;
    this.variables = variables;
  }

  public static String expand(String text, Variables variables) {
    return text.indexOf('$') < 0 ? text : new Template(text, variables).until('\0', true);
  }

  /// The variables of a text, those in defaults too.
  public static List<Mention> mentions(String text) {
    var mentions = new ArrayList<Mention>();
    expand(
        text,
        new Variables() {
          @Override
          public String get(String name) {
            return "set";
          }

          @Override
          public void unset(String name, int offset) {}

          @Override
          public void mentioned(Mention mention) {
            mentions.add(mention);
          }
        });
    return mentions;
  }

  /// Expands up to an unnested `end`, which is not consumed.
  ///
  /// @param used whether the result counts; if not, unset variables in it are nobody's concern
  private String until(char end, boolean used) {
    var out = new StringBuilder();
    while (at < text.length() && (end == '\0' || text.charAt(at) != end)) {
      char c = text.charAt(at);
      if (c == '$') {
        out.append(dollar(used));
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private String dollar(boolean used) {
    int start = at++;
    if (text.startsWith("$", at)) {
      at++;
      return "$";
    }
    if (text.startsWith("{", at)) {
      at++;
      return braced(start, used);
    }
    String name = name();
    if (name.isEmpty()) {
      return "$";
    }
    variables.mentioned(new Mention(name, false, "", ""));
    return value(name, start, used);
  }

  private String name() {
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      return "";
    }
    at = name.end();
    return name.group();
  }

  private String braced(int start, boolean used) {
    String name = name();
    if (name.isEmpty()) {
      throw invalid(start);
    }
    String operator = operator();
    boolean needsValue = operator.startsWith(":");
    @Nullable String value = variables.get(name);
    boolean set = value != null && !(needsValue && value.isEmpty());
    char kind = operator.isEmpty() ? ' ' : operator.charAt(operator.length() - 1);
    int from = at;
    String word = kind == ' ' ? "" : word(start, used && set == (kind == '+'));
    String written = text.substring(from, at);
    variables.mentioned(
        new Mention(name, kind == '?', kind == '-' ? written : "", kind == '+' ? written : ""));
    if (!text.startsWith("}", at)) {
      throw invalid(start);
    }
    at++;
    return switch (kind) {
      case '-' -> set && value != null ? value : word;
      case '+' -> set ? word : "";
      case '?' -> set && value != null ? value : required(name, word, used);
      default -> value(name, start, used);
    };
  }

  private String word(int start, boolean used) {
    if (depth == MAX_DEPTH) {
      String message = "more than " + MAX_DEPTH + " variables inside of each other";
      String part = text.substring(start, at);
      throw new MalformedException(Code.INVALID_INTERPOLATION, message, ESCAPE_HELP, part);
    }
    depth++;
    String word = until('}', used);
    depth--;
    return word;
  }

  private String operator() {
    int length = text.startsWith(":", at) ? 2 : 1;
    String operator = text.substring(at, Math.min(at + length, text.length()));
    if (operator.startsWith("}")) {
      return "";
    }
    if (!OPERATOR.matcher(operator).matches()) {
      return "";
    }
    at += length;
    return operator;
  }

  private static String required(String name, String message, boolean used) {
    if (!used) {
      return "";
    }
    throw new MalformedException(
        Code.REQUIRED_VARIABLE,
        "required variable \""
            + name
            + "\" is missing a value"
            + (message.isEmpty() ? "" : ": " + message),
        "set it in the environment or in .env");
  }

  private String value(String name, int start, boolean used) {
    @Nullable String value = variables.get(name);
    if (value == null && used) {
      variables.unset(name, start);
    }
    return value == null ? "" : value;
  }

  private MalformedException invalid(int start) {
    return MalformedException.invalid(
        Code.INVALID_INTERPOLATION, "interpolation", text.substring(start), ESCAPE_HELP);
  }
}
