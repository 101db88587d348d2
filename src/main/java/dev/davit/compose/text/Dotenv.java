package dev.davit.compose.text;

import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Environment files: `KEY=value` lines with quotes, comments, `export` and variables.
public final class Dotenv {
  private static final Pattern KEY =
      Pattern.compile("[\\w.\\-\\[\\]]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern EXPORT = Pattern.compile("export[ \\t]+");

  private final String text;
  private final Lookup outer;
  private final Lookup earlier;
  private final Map<String, String> values = new LinkedHashMap<>();
  private int at;

  /// Variables known outside the file; they win over those of the file.
  public interface Lookup {
    @Nullable String get(String name);
  }

  /// A line that is not understood.
  public static final class LineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedException what;
    private final int line;
    private final int column;
    private final int endColumn;

    LineException(MalformedException what, int line, int column, int endColumn) {
      super(what.text(), null, false, false);
      this.what = what;
      this.line = line;
      this.column = column;
      this.endColumn = endColumn;
    }

    /// What is wrong.
    public MalformedException what() {
      return what;
    }

    /// Where it stands.
    public Place in(Source file) {
      return new Place(file, line, column, endColumn);
    }
  }

  private Dotenv(String text, Lookup outer, Lookup earlier) {
    this.text = text.replace("\uFEFF", "").replace("\r\n", "\n");
    this.outer = outer;
    this.earlier = earlier;
  }

  /// The variables of a file in its order; a key without value has the outer value, or is left out.
  ///
  /// @param earlier variables of files before this one; those of the file win over them
  public static Map<String, String> parse(String text, Lookup outer, Lookup earlier) {
    var file = new Dotenv(text, outer, earlier);
    while (file.skipToKey()) {
      file.assignment();
    }
    return file.values;
  }

  private boolean skipToKey() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        at = lineEnd();
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void assignment() {
    Matcher export = EXPORT.matcher(text).region(at, text.length());
    at = export.lookingAt() ? export.end() : at;
    String key = key();
    skipBlanks();
    boolean hasValue = at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
    if (!hasValue && at < lineEnd() && text.charAt(at) != '#') {
      throw problem(at, lineEnd(), invalid("key cannot contain a space"));
    }
    at = hasValue ? at + 1 : lineEnd();
    skipBlanks();
    String value = hasValue ? value() : lookup(key);
    if (value != null) {
      values.put(key, value);
    }
  }

  private String key() {
    Matcher key = KEY.matcher(text).region(at, text.length());
    int end = key.lookingAt() ? key.end() : at;
    if (end == at || (end < lineEnd() && "=: \t#".indexOf(text.charAt(end)) < 0)) {
      String rest = text.substring(at, lineEnd());
      String found =
          end == text.length() ? "" : text.substring(end, text.offsetByCodePoints(end, 1));
      throw problem(
          end,
          end + found.length(),
          invalid("unexpected character \"" + found + "\" in variable name \"" + rest + "\""));
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  private String value() {
    int start = at;
    try {
      return expanded();
    } catch (MalformedException e) {
      throw problem(start, lineEnd(), e);
    }
  }

  private String expanded() {
    if (text.startsWith("'", at)) {
      return quoted('\'').replace("\\'", "'");
    }
    if (text.startsWith("\"", at)) {
      return expand(quoted('"'), true);
    }
    int end = lineEnd();
    String line = text.substring(at, end);
    at = end;
    Matcher comment = Pattern.compile("\\s#").matcher(line);
    return expand((comment.find() ? line.substring(0, comment.start()) : line).strip(), false);
  }

  private String quoted(char quote) {
    int start = at;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        at++;
        String content = text.substring(start + 1, at - 1);
        nothingMore();
        return content;
      }
    }
    at = start;
    throw problem(start, lineEnd(), invalid("unterminated quoted value"));
  }

  /// Behind a closing quote only a comment can stand.
  private void nothingMore() {
    int behind = at;
    skipBlanks();
    int end = lineEnd();
    if (at < end && text.charAt(at) != '#') {
      throw problem(behind, end, invalid("text behind the closing quote"));
    }
    at = end;
  }

  private String expand(String value, boolean escapes) {
    String template = escapes ? Escapes.undo(value) : value;
    return Template.expand(
        template,
        new Template.Variables() {
          @Override
          public @Nullable String get(String name) {
            return lookup(name);
          }

          @Override
          public void unset(String name, int offset) {
            // an environment file may mention what is not there
          }
        });
  }

  private @Nullable String lookup(String name) {
    String value = outer.get(name);
    String own = value == null ? values.get(name) : value;
    return own == null ? earlier.get(name) : own;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private LineException problem(int from, int behind, MalformedException what) {
    int start = text.lastIndexOf('\n', from - 1) + 1;
    int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
    int column = 1 + text.codePointCount(start, from);
    int length = Math.max(1, text.codePointCount(from, Math.max(from, behind)));
    return new LineException(what, line, column, column + length);
  }

  private static MalformedException invalid(String message) {
    return new MalformedException(Code.INVALID_ENV_FILE, message, null);
  }
}
