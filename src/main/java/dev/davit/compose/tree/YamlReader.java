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
import org.yaml.snakeyaml.reader.StreamReader;

/// Text to trees. What cannot be read is a problem with its place.
public final class YamlReader {
  private static final int MAX_CODE_POINTS = 16 << 20;

  private final Source file;
  private final Problems problems;

  private YamlReader(Source file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// The documents of a file; empty ones are left out.
  ///
  /// @param file what places carry
  public static List<Document> read(Source file, String text, Problems problems) {
    problems.addFile(file.name(), text);
    return new YamlReader(file, problems).documents(text.replace("\uFEFF", ""));
  }

  private List<Document> documents(String text) {
    var documents = new ArrayList<Document>();
    try {
      new TreeBuilder(parser(text), file, problems).readInto(documents);
    } catch (MarkedYAMLException e) {
      problems.error(Code.YAML_SYNTAX, place(e), TreePath.ROOT, message(e), help(text, e));
    } catch (YAMLException e) {
      problems.error(
          Code.YAML_SYNTAX,
          new Place(file, 1, 1),
          TreePath.ROOT,
          "invalid YAML: " + e.getMessage());
    }
    return documents;
  }

  private static Parser parser(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    return new ParserImpl(new StreamReader(text), options);
  }

  private Place place(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    return mark == null
        ? new Place(file, 1, 1)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String message(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "unreadable" : e.getProblem();
    if (problem.contains("<block end>")) {
      return "invalid YAML: the indentation fits no line above";
    }
    if (problem.contains("(TAB)")) {
      return "invalid YAML: tab in the indentation";
    }
    return "invalid YAML: " + problem.strip().replaceAll("\\s+", " ");
  }

  private static @Nullable String help(String text, MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    List<String> lines = text.lines().toList();
    String line = mark == null || mark.getLine() >= lines.size() ? "" : lines.get(mark.getLine());
    if (line.indexOf('\t') >= 0) {
      return "indent with spaces";
    }
    return String.valueOf(e.getProblem()).contains("mapping values are not allowed")
        ? "check the indentation, and quote text that contains \": \""
        : null;
  }
}
