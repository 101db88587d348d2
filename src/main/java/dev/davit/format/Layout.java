package dev.davit.format;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How rows of one kind are listed, and what `--format` may say about it: `table`, `table
/// TEMPLATE`, `json`, `TEMPLATE`.
///
/// @param row a record; its components are the fields of templates and of JSON
/// @param table the template of the table's cells, tabs between them
/// @param array whether JSON is one array, else an object on each line
public record Layout<R extends Record>(Class<R> row, String table, boolean array) {
  public static <R extends Record> Layout<R> of(Class<R> row, String table) {
    return new Layout<>(row, table, false);
  }

  /// The same with all JSON in one array.
  public Layout<R> inArray() {
    return new Layout<>(row, table, true);
  }

  /// Lines for the rows; throws [TemplateException].
  public String print(String format, Collection<R> rows) {
    if (format.isEmpty() || format.equals("table")) {
      return table(Template.parse(table), rows);
    } else if (format.startsWith("table ")) {
      return table(Template.parse(format.substring("table ".length())), rows);
    } else if (format.equals("json")) {
      return array ? Json.compact(rows) + "\n" : lines(rows, Json::compact);
    }
    Template template = Template.parse(format);
    return lines(rows, template::render);
  }

  private String lines(Collection<R> rows, Function<R, String> line) {
    return rows.stream().map(line).map(text -> text + "\n").collect(Collectors.joining());
  }

  private String table(Template template, Collection<R> rows) {
    var table = new Table(template.header(row).split("\t", -1));
    rows.forEach(it -> table.add(template.render(it).split("\t", -1)));
    return table.print();
  }
}
