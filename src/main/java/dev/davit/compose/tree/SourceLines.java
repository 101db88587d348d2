package dev.davit.compose.tree;

import dev.davit.error.Columns;
import dev.davit.error.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The lines of every file that was read, to be shown and searched.
public final class SourceLines {
  /// What SnakeYAML counts as one.
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

  /// Of one value: nothing is looked for in the rest of a large file.
  private static final int MAX_LINES = 1000;

  private final Map<String, String> texts = new LinkedHashMap<>();

  /// Of files that something was to be said about: most are loaded without a word.
  private final Map<String, List<String>> split = new ConcurrentHashMap<>();

  void add(String file, String text) {
    texts.put(file, text);
    split.remove(file);
  }

  private List<String> lines(String file) {
    String text = texts.get(file);
    return text == null
        ? List.of()
        : split.computeIfAbsent(file, _ -> List.of(LINE_BREAK.split(text, -1)));
  }

  /// The names of the files in the order in which they were read.
  List<String> files() {
    return List.copyOf(texts.keySet());
  }

  /// The line that a place is in.
  public Optional<String> at(Place place) {
    List<String> file = lines(place.file());
    boolean there = place.line() != Place.NO_LINE && place.line() <= file.size();
    return there ? Optional.of(file.get(place.line() - 1)) : Optional.empty();
  }

  /// What is before a place in its line.
  String before(Place place) {
    String line = at(place).orElse("");
    return line.substring(0, Columns.offset(line, place.column()));
  }

  /// Where `part` of what stands at a place is written, or the place itself if it is not written
  /// there as it is, or there is nothing beside it but quotes.
  public Place part(Place whole, String part) {
    String line = at(whole).orElse("");
    int length = Columns.of(line);
    int end = Math.min(whole.endColumn(), length + 1);
    if (part.isEmpty() || whole.column() > length || end <= whole.column()) {
      return whole;
    }
    int start = Columns.offset(line, whole.column());
    String token = line.substring(start, Columns.offset(line, end));
    int at = token.indexOf(part);
    boolean all = token.replaceAll("^[\"']|[\"']$", "").equals(part);
    return at < 0 || all ? whole : narrowed(whole, line, start + at, part);
  }

  /// Where a variable of a value is written.
  ///
  /// @param offset of its `$` in the value's text
  public Place variable(Scalar value, String name, int offset) {
    String text = value.text();
    String mention = text.startsWith("{", offset + 1) ? "${" + name + "}" : "$" + name;
    int before = text.substring(0, offset).split(Pattern.quote(mention), -1).length - 1;
    return find(value.place(), mention, before).orElse(value.place());
  }

  /// Where `text` is written for the `n`-th time, counted from 0, from a place on.
  private Optional<Place> find(Place from, String text, int n) {
    List<String> file = lines(from.file());
    int left = n;
    for (int number = from.line();
        number <= Math.min(file.size(), from.line() + MAX_LINES);
        number++) {
      String line = file.get(number - 1);
      int at = number == from.line() ? Columns.offset(line, from.column()) : 0;
      for (at = line.indexOf(text, at); at >= 0; at = line.indexOf(text, at + text.length())) {
        if (left-- == 0) {
          return Optional.of(narrowed(from.inLine(number), line, at, text));
        }
      }
    }
    return Optional.empty();
  }

  private static Place narrowed(Place place, String line, int offset, String text) {
    int column = line.codePointCount(0, offset) + 1;
    return place.between(column, column + text.codePointCount(0, text.length()));
  }
}
