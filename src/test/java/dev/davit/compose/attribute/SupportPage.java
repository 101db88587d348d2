package dev.davit.compose.attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The schema as a page for people: `docs/compose-support.md`.
final class SupportPage {
  private static final String HEAD =
      """
      # What Davit supports of the Compose Specification

      Generated from the attribute table, `dev.davit.compose.attribute.Schema`; `SupportPageTest` keeps it true, and
      `-Dgolden.update=true` rewrites it. A `*` stands for a name or for each item of a list.

      - **forms**: what may be written.
      - **later file**: what a later file, or a service that extends another, does to it. *wins*: its value takes the place of the
        one before, but null keeps that. *by key*: mappings merge. *appended*: lists do, each *text* or combination of attributes
        once. *replaced*: as a whole, also by nothing.
      - **new container**: whether a change makes another container, or another network or volume.
      - **honoured**: whether a container gets what it says. What is not honoured is a warning when the files are loaded.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private SupportPage() {}

  static String text() {
    var page = new SupportPage();
    List<Row> rows = Schema.rows();
    page.table("The file", rows.stream().filter(it -> it.pattern().indexOf('.') < 0).toList());
    rows.stream()
        .map(row -> row.pattern().replaceFirst("\\..*", ""))
        .distinct()
        .forEach(section -> page.section(section, rows));
    return page.page.toString();
  }

  private void section(String section, List<Row> rows) {
    List<Row> below = rows.stream().filter(it -> it.pattern().startsWith(section + ".")).toList();
    if (!below.isEmpty()) {
      table("`" + section + "`", below);
    }
  }

  private void table(String title, List<Row> rows) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| attribute | forms | later file | new container | honoured | remark |\n");
    page.append("| --- | --- | --- | --- | --- | --- |\n");
    rows.stream()
        .sorted(Comparator.comparing(Row::pattern))
        .map(SupportPage::line)
        .forEach(page::append);
  }

  private static String line(Row row) {
    Form form = row.attribute().form();
    return Stream.of(
            "`" + row.pattern().replaceFirst("^\\w+\\.\\*\\.", "") + "`",
            forms(form),
            merge(form),
            row.hashed() ? "yes" : "no",
            honoured(row),
            String.join("; ", remarks(row)))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String forms(Form form) {
    return switch (form.shape()) {
      case Shape.ListOf list -> "list of " + forms(list.item());
      case Shape.MapOf map -> "mapping of " + forms(map.value());
      case ObjectShape _ -> "mapping";
      case Shape.Either either ->
          either.forms().stream()
              .map(SupportPage::forms)
              .distinct()
              .collect(Collectors.joining(" or "));
      case Shape shape -> shape.noun().replaceFirst("^an? ", "");
    };
  }

  private static String merge(Form form) {
    var words = new ArrayList<String>();
    form.rules(Rule.Merged.class).forEach(it -> words.add(it.words()));
    form.rules(Rule.Unique.class).forEach(it -> words.add("appended, once by " + it.words()));
    return words.isEmpty() ? ofKind(form) : String.join(", ", words);
  }

  private static String ofKind(Form form) {
    List<Shape> shapes = alternatives(form).toList();
    if (shapes.stream().anyMatch(it -> it instanceof Shape.MapOf || it instanceof ObjectShape)) {
      return "by key";
    }
    return shapes.stream().anyMatch(Shape.ListOf.class::isInstance) ? "appended" : "wins";
  }

  private static Stream<Shape> alternatives(Form form) {
    return form.shape() instanceof Shape.Either(List<Form> forms)
        ? forms.stream().flatMap(SupportPage::alternatives)
        : Stream.of(form.shape());
  }

  private static String honoured(Row row) {
    return switch (row.support()) {
      case Support.NotYet _ -> "not yet";
      case Support.NoEffect _ -> "no effect";
      case Support.Honoured _ -> exceptions(row.attribute().form()).isEmpty() ? "yes" : "partly";
    };
  }

  private static List<String> remarks(Row row) {
    var remarks = new ArrayList<String>();
    row.support().about("").ifPresent(_ -> remarks.add(why(row.support())));
    exceptions(row.attribute().form()).stream()
        .map(it -> "not every " + it.values() + ": " + why(it.support()))
        .distinct()
        .forEach(remarks::add);
    row.attribute().otherwise().ifPresent(it -> remarks.add("default `" + it.text() + "`"));
    if (row.attribute().mandatory()) {
      remarks.add("required");
    }
    return remarks;
  }

  private static String why(Support support) {
    return switch (support) {
      case Support.Honoured _ -> "";
      case Support.NotYet it -> it.instead();
      case Support.NoEffect it -> it.why();
    };
  }

  /// Of the attribute itself, its items and values, but not of the attributes below it.
  private static List<Rule.Except> exceptions(Form form) {
    Stream<Form> below =
        switch (form.shape()) {
          case Shape.ListOf list -> Stream.of(list.item());
          case Shape.MapOf map -> Stream.of(map.value());
          case Shape.Either either -> either.forms().stream();
          default -> Stream.empty();
        };
    return Stream.concat(
            form.rules(Rule.Except.class), below.flatMap(it -> exceptions(it).stream()))
        .toList();
  }
}
