package dev.davit.compose.tree;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What a parser's complaint means to somebody who has never seen a YAML grammar.
///
/// @param message what is wrong
/// @param help what to do, where that is known
/// @param opened whether the mistake is where something was opened instead of where the parser gave
///   up
record Unreadable(String message, @Nullable String help, boolean opened) {

  /// @param complaint of the parser: its context, a colon, its problem
  /// @param message with `$1` for what the pattern found
  private record Row(Pattern complaint, String message, @Nullable String help, boolean opened) {
    Row(String complaint, String message, @Nullable String help) {
      this(Pattern.compile(complaint, Pattern.DOTALL), message, help, false);
    }

    Row atOpening() {
      return new Row(complaint, message, help, true);
    }

    Optional<Unreadable> of(String text) {
      Matcher found = complaint.matcher(text);
      if (!found.find()) {
        return Optional.empty();
      }
      String first = found.groupCount() == 0 ? "" : found.group(1);
      String advice = help == null ? null : help.replace("$1", first);
      return Optional.of(new Unreadable(message.replace("$1", first), advice, opened));
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("\\(TAB\\)", "tab in the indentation", "indent with spaces"),
          new Row(
                  "flow sequence:expected ','",
                  "\"[\" is not closed, or a comma is missing",
                  "close it with \"]\", and put commas between the items")
              .atOpening(),
          new Row(
                  "flow mapping:expected ','",
                  "\"{\" is not closed, or a comma is missing",
                  "close it with \"}\", and put commas between the entries")
              .atOpening(),
          new Row(
                  "quoted scalar:found unexpected (?:end of stream|document separator)",
                  "quote is not closed",
                  "close it; a quote inside of single quotes is written twice")
              .atOpening(),
          new Row("but found '([\\]}])'", "\"$1\" closes nothing", "remove it"),
          new Row(
              "expected <block end>, but found '<scalar>'",
              "text behind a value that has ended",
              "put the whole value in quotes"),
          new Row("<block end>", "the indentation fits no line above", null),
          new Row(
              "mapping values are not allowed",
              "a mapping cannot begin here",
              "check the indentation, and quote text that contains \": \""),
          new Row(
              "sequence entries are not allowed",
              "a list cannot begin here",
              "begin it on a line of its own, or write [a, b]"),
          new Row(
              "found character '(.)' that cannot start",
              "text that begins with \"$1\"",
              "put it in quotes"),
          new Row(
              "unknown escape character (.)",
              "unknown escape \"\\$1\"",
              "write \\\\ for a backslash, or use single quotes"),
          new Row(
              "expected escape sequence of (\\d)",
              "escape without its $1 hexadecimal digits",
              "write \\\\ for a backslash, or use single quotes"),
          new Row("block scalar:expected", "text behind | or >", "begin the text on the next line"),
          new Row("anchor:", "\"&\" without a name", "quote text that begins with &"),
          new Row("alias:", "\"*\" without a name", "quote text that begins with *"),
          new Row("expected '<document start>'", "text behind the end of the document", null),
          new Row("found '?<stream end>", "the file ends where something is missing", null),
          new Row("found '?<[a-z -]+>|but got <", "something is missing before this", null));

  static Unreadable of(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "unreadable" : e.getProblem();
    String complaint = e.getContext() + ":" + problem;
    return ROWS.stream()
        .flatMap(row -> row.of(complaint).stream())
        .findFirst()
        .orElseGet(() -> new Unreadable(problem.strip().replaceAll("\\s+", " "), null, false));
  }

  /// Where the mistake is.
  @Nullable Mark mark(MarkedYAMLException e) {
    boolean context = e.getProblemMark() == null || (opened && e.getContextMark() != null);
    return context ? e.getContextMark() : e.getProblemMark();
  }
}
