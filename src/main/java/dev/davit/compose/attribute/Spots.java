package dev.davit.compose.attribute;

import dev.davit.compose.tree.PathTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The schema laid flat: every place of the tree at which something may be written.
final class Spots {
  /// @param pattern as `services.*.ports.*`
  private record Spot(String pattern, Form form) {}

  private final List<Spot> spots = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Form> values = new LinkedHashMap<>();

  private Spots() {}

  static Spots of(ObjectShape file) {
    var flat = new Spots();
    file.attributes().values().forEach(it -> flat.row(Row.top(it)));
    return flat;
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /// The rules of one sort by place.
  <R extends Rule> PathTable<R> rules(Class<R> sort) {
    var table = new LinkedHashMap<String, R>();
    for (Spot spot : spots) {
      spot.form().rules(sort).forEach(rule -> put(table, spot.pattern(), rule));
    }
    return PathTable.of(table);
  }

  /// How what is still in its short forms is merged: as lists, where nothing is said of it.
  PathTable<Rule.Merged> rawMerges() {
    var table = new LinkedHashMap<String, Rule.Merged>();
    var asLists = new Rule.Merged("as lists", KeyValues::laidAsLists);
    var onceByKey = new Rule.Merged("as lists, once by key", KeyValues::laidOnceByKey);
    for (Spot spot : spots) {
      boolean unique = spot.form().rules(Rule.Unique.class).findAny().isPresent();
      spot.form()
          .rules(Rule.LongForm.class)
          .filter(it -> !it.raw())
          .forEach(_ -> table.put(spot.pattern(), unique ? asLists : onceByKey));
    }
    for (Spot spot : spots) {
      spot.form().rules(Rule.Merged.class).forEach(it -> table.put(spot.pattern(), it));
    }
    return PathTable.of(table);
  }

  /// What may be written and is not honoured.
  PathTable<List<Rule.Except>> exceptions() {
    var table = new LinkedHashMap<String, List<Rule.Except>>();
    for (Spot spot : spots) {
      List<Rule.Except> here = spot.form().rules(Rule.Except.class).toList();
      if (!here.isEmpty()) {
        table.computeIfAbsent(spot.pattern(), _ -> new ArrayList<>()).addAll(here);
      }
    }
    return PathTable.of(table);
  }

  /// The values of keys, which must not be nothing unless their form says so.
  PathTable<Form> values() {
    return PathTable.of(values);
  }

  /// Where mappings are that have such an attribute.
  PathTable<ObjectShape> objects(Predicate<Attribute> condition) {
    var table = new LinkedHashMap<String, ObjectShape>();
    for (Spot spot : spots) {
      if (spot.form().shape() instanceof ObjectShape object
          && object.attributes().values().stream().anyMatch(condition)) {
        put(table, spot.pattern(), object);
      }
    }
    return PathTable.of(table);
  }

  private static <T> void put(Map<String, T> table, String pattern, T value) {
    if (table.put(pattern, value) != null) {
      throw new IllegalStateException("two rules of one sort for " + pattern);
    }
  }

  private void row(Row row) {
    rows.add(row);
    value(row.pattern(), row.attribute().form(), row);
  }

  private void form(String pattern, Form form, Row row) {
    spots.add(new Spot(pattern, form));
    switch (form.shape()) {
      case Shape.Single _ -> {}
      case Shape.ListOf list -> form(pattern + ".*", list.item(), row);
      case Shape.MapOf map -> value(pattern + ".*", map.value(), row);
      case Shape.Either either -> either.forms().forEach(it -> form(pattern, it, row));
      case ObjectShape object ->
          object.attributes().values().forEach(it -> row(row.below(pattern, it)));
    }
  }

  private void value(String pattern, Form form, Row row) {
    values.putIfAbsent(pattern, form);
    form(pattern, form, row);
  }
}
