package dev.davit.compose.tree;

import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/// Text to trees. What cannot be read is a problem with its place.
public final class YamlReader {
  private static final int MAX_CODE_POINTS = 16 << 20;

  private final Source file;
  private final Problems problems;

  /// The last line in which a tab was behind text: so are those that follow it.
  private int lineOfText = -1;

  private YamlReader(Source file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// The documents of a file; empty ones are left out.
  ///
  /// @param file what places carry
  public static List<Document> read(Source file, String text, Problems problems) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    problems.addFile(file.name(), plain);
    return new YamlReader(file, problems).documents(plain);
  }

  private List<Document> documents(String text) {
    var documents = new ArrayList<Document>();
    try {
      new TreeBuilder(parser(text), file, problems).readInto(documents);
    } catch (TreeBuilder.TooDeepException _) {
      // it has been said
    } catch (MarkedYAMLException e) {
      report(e);
    } catch (ReaderException e) {
      unprintable(text);
    } catch (YAMLException e) {
      problems.error(
          Code.YAML_SYNTAX,
          new Place(file, 1, 1),
          TreePath.ROOT,
          "invalid YAML: " + e.getMessage());
    }
    return documents;
  }

  private Parser parser(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    var reader = new WholeText(text);
    return new ParserImpl(
        new TabScanner(new ScannerImpl(reader, options), reader, this::isBehindText));
  }

  /// Whether a mark is behind something that a blank may follow, not in the indentation.
  private boolean isBehindText(Mark mark) {
    if (mark.getLine() == lineOfText) {
      return true;
    }
    String before = problems.lines().before(place(mark)).strip();
    boolean behind = !before.isEmpty() && !before.matches("([-?]\\s+)*[-?]");
    lineOfText = behind ? mark.getLine() : lineOfText;
    return behind;
  }

  private void report(MarkedYAMLException e) {
    var what = Unreadable.of(e);
    String message = "invalid YAML: " + what.message();
    var report =
        problems.error(Code.YAML_SYNTAX, place(what.mark(e)), TreePath.ROOT, message, what.help());
    if (what.opened() && e.getProblemMark() != null) {
      report.note("up to here", place(e.getProblemMark()));
    }
  }

  private Place place(@Nullable Mark mark) {
    return mark == null
        ? new Place(file, 1, 1)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private void unprintable(String text) {
    List<String> lines = text.lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      int[] characters = lines.get(line).codePoints().toArray();
      for (int i = 0; i < characters.length; i++) {
        if (!StreamReader.isPrintable(characters[i])) {
          String hex = "%04X".formatted(characters[i]);
          problems.error(
              Code.YAML_SYNTAX,
              new Place(file, line + 1, i + 1),
              TreePath.ROOT,
              "invalid YAML: control character U+" + hex,
              "remove it, or write \"\\u" + hex + "\" in double quotes");
          return;
        }
      }
    }
  }
}
