package dev.davit.compose.text;

import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Environment files: `KEY=value` or `KEY: value`, with quotes, comments, `export` and variables.
public final class Dotenv {
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.\\-\\[\\]]+");
  private static final Pattern EXPORT = Pattern.compile("export[ \\t\u000B\f\r\u0085\u00A0]+");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(export\\s+)?" + KEY.pattern() + "[ \\t]*[=:]");
  private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\s\u0085]");
  private static final String BLANKS = " \t\u000B\f\r\u0085\u00A0";

  private final String text;
  private final Lookup outer;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private int at;
  private int counted;
  private int line = 1;

  /// Variables known outside the file; they win over those of the file.
  public interface Lookup {
    @Nullable String get(String name);

    /// What a file before this one says; what this one says wins.
    default @Nullable String earlier(String name) {
      return null;
    }

    /// Told of a variable that neither the file nor anybody else has, and that has no default.
    ///
    /// @param value which mentions it
    default void unset(String name, Span mention, String value) {}
  }

  /// What a file says a variable is, and where.
  public record Value(String text, Span span) {}

  /// Columns of a line.
  public record Span(int line, int column, int endColumn) {
    public Place in(Source file) {
      return new Place(file, line, column, endColumn);
    }
  }

  /// A line that is not understood.
  public static final class LineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedException what;
    private final transient Span span;

    LineException(MalformedException what, Span span) {
      super(what.text(), null, false, false);
      this.what = what;
      this.span = span;
    }

    /// What is wrong.
    public MalformedException what() {
      return what;
    }

    /// Where it stands.
    public Place in(Source file) {
      return span.in(file);
    }
  }

  private Dotenv(String text, Lookup outer) {
    this.text = text.replaceFirst("^\uFEFF", "").replace("\r\n", "\n");
    this.outer = outer;
  }

  /// The variables of a file in its order; a key without value has the outer value, or is left out.
  public static Map<String, Value> parse(String text, Lookup outer) {
    var file = new Dotenv(text, outer);
    while (file.skipToKey()) {
      file.assignment();
    }
    return file.values;
  }

  private boolean skipToKey() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        at = lineEnd();
      } else if (isSpace(at)) {
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
    if (at == text.length()) {
      return;
    }
    int start = at;
    String key = key();
    Span span = span(start, start + key.length());
    skipBlanks();
    boolean hasValue = text.startsWith("=", at) || text.startsWith(":", at);
    if (!hasValue && at < lineEnd()) {
      throw problem(at, lineEnd(), invalid("key cannot contain a space"));
    }
    at += hasValue ? 1 : 0;
    skipBlanks();
    @Nullable String value = hasValue ? value() : outer.get(key);
    if (value != null) {
      checkWritable(value, start);
      values.put(key, new Value(value, span));
    }
  }

  private void checkWritable(String value, int start) {
    try {
      Unwritable.check(value);
    } catch (MalformedException e) {
      at = start;
      throw problem(start, lineEnd(), e);
    }
  }

  private String key() {
    Matcher key = KEY.matcher(text).region(at, text.length());
    int end = key.lookingAt() ? key.end() : at;
    boolean ends = end == lineEnd() || "=:".indexOf(text.charAt(end)) >= 0 || isBlank(end);
    if (end == at || !ends || nextAfterSpace(end) == '#') {
      throw unexpected(nextAfterSpace(end) == '#' ? text.indexOf('#', end) : end);
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  private char nextAfterSpace(int from) {
    int next = from;
    while (next < text.length() && isBlank(next)) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : '\n';
  }

  private LineException unexpected(int where) {
    String rest = text.substring(at, lineEnd());
    String found =
        where == text.length() ? "" : text.substring(where, text.offsetByCodePoints(where, 1));
    String message = "unexpected character \"" + found + "\" in variable name \"" + rest + "\"";
    return problem(where, where + found.length(), invalid(message));
  }

  private String value() {
    int start = at;
    boolean literal = text.startsWith("'", at);
    String raw;
    if (literal || text.startsWith("\"", at)) {
      raw = quoted(text.charAt(at));
    } else {
      raw = unquoted();
    }
    if (literal) {
      return raw.replace("\\'", "'");
    }
    try {
      return Template.expand(raw, variables(start, raw));
    } catch (MalformedException e) {
      at = start;
      throw problem(start, lineEnd(), e);
    }
  }

  /// What stands behind a space and `#` is a comment.
  private String unquoted() {
    String line = text.substring(at, lineEnd());
    at = lineEnd();
    int comment = line.indexOf(" #");
    String value = comment < 0 ? line : line.substring(0, comment);
    int end = value.length();
    while (end > 0 && SPACE.matcher(value.substring(end - 1, end)).matches()) {
      end--;
    }
    return value.substring(0, end);
  }

  private String quoted(char quote) {
    int start = at;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        String content = text.substring(start + 1, at++);
        nothingMore();
        return quote == '"' ? Escapes.undo(content) : content;
      }
    }
    at = start;
    throw problem(start, lineEnd(), invalid("unterminated quoted value"));
  }

  /// Behind a closing quote only a comment can stand, or another assignment.
  private void nothingMore() {
    int behind = at;
    skipBlanks();
    Matcher next = ASSIGNMENT.matcher(text).region(at, text.length());
    if (at < lineEnd() && text.charAt(at) != '#' && !next.lookingAt()) {
      throw problem(behind, lineEnd(), invalid("text behind the closing quote"));
    }
  }

  private Template.Variables variables(int from, String value) {
    return new Template.Variables() {
      @Override
      public @Nullable String get(String name) {
        Value own = values.get(name);
        @Nullable String inside = own == null ? outer.earlier(name) : own.text();
        @Nullable String outside = outer.get(name);
        return outside == null ? inside : outside;
      }

      @Override
      public void unset(String name, int offset) {
        Matcher mention =
            Pattern.compile("\\$\\{?" + name).matcher(text).region(from, text.length());
        if (mention.find()) {
          outer.unset(name, span(mention.start(), mention.end()), value);
        }
      }
    };
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(at)) {
      at++;
    }
  }

  private boolean isBlank(int where) {
    return BLANKS.indexOf(text.charAt(where)) >= 0;
  }

  private boolean isSpace(int where) {
    return SPACE.matcher(text).region(where, where + 1).matches();
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private LineException problem(int from, int behind, MalformedException what) {
    return new LineException(what, span(from, behind));
  }

  private Span span(int from, int behind) {
    int start = text.lastIndexOf('\n', from - 1) + 1;
    int line = line(start);
    int column = 1 + text.codePointCount(start, from);
    int length = Math.max(1, text.codePointCount(from, Math.max(from, behind)));
    return new Span(line, column, column + length);
  }

  /// Counts from where it was asked last: files are long, and are read from top to bottom.
  private int line(int start) {
    int from = start < counted ? 0 : counted;
    int lines = (int) text.substring(from, start).chars().filter(c -> c == '\n').count();
    line = lines + (from == 0 ? 1 : line);
    counted = start;
    return line;
  }

  private static MalformedException invalid(String message) {
    return new MalformedException(Code.INVALID_ENV_FILE, message, null);
  }
}
