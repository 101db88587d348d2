package dev.davit.compose.write;

import dev.davit.compose.text.PrintedNumber;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A canonical model with the keys that docker compose prints, in its order.
final class Arranged {
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<String> NATURAL = new NaturalOrder();

  private final boolean json;

  private Arranged(boolean json) {
    this.json = json;
  }

  static Node yaml(Mapping model) {
    return new Arranged(false).model(model);
  }

  /// JSON has extensions only at the top, and its sections come by the alphabet. Docker's has no
  /// models, and then does not load where a service uses one.
  static Node json(Mapping model) {
    Mapping arranged = new Arranged(true).model(model);
    var byName = new TreeMap<String, Entry>(BY_BYTES);
    byName.putAll(arranged.entries());
    return new Mapping(byName, model.place());
  }

  /// One thing of a section, as its hash sees it.
  static Node hashed(Mapping thing, String section) {
    return new Arranged(true).node(thing, Layout.HASHED.below(section).below("*"));
  }

  /// All that a tree has, by the alphabet.
  static Node unlaid(Mapping tree, boolean json) {
    return new Arranged(json).node(tree, PathTable.of(Map.of()));
  }

  private Node node(Node node, PathTable<List<Layout.Field>> table) {
    return switch (node) {
      case Mapping mapping when table.rule().isPresent() -> object(mapping, table);
      case Mapping mapping -> names(mapping, table);
      case Sequence list ->
          new Sequence(
              list.items().stream().map(it -> node(it, table.below("*"))).toList(), list.place());
      case Scalar scalar -> scalar;
    };
  }

  private Mapping names(Mapping mapping, PathTable<List<Layout.Field>> table) {
    var entries = new LinkedHashMap<String, Entry>();
    mapping.keys().stream()
        .sorted(json ? BY_BYTES : NATURAL)
        .forEach(key -> put(entries, mapping, key, table.below(key)));
    return new Mapping(entries, mapping.place());
  }

  private Mapping model(Mapping model) {
    Map<String, Entry> entries = fields(model, Layout.ROOT, Layout.TABLE);
    extensions(entries, model);
    return new Mapping(entries, model.place());
  }

  private Node object(Mapping object, PathTable<List<Layout.Field>> table) {
    List<Layout.Field> fields = table.rule().orElseThrow();
    Map<String, Entry> entries = fields(object, fields, table);
    if (!json) {
      extensions(entries, object);
    }
    Layout.Field first = fields.getFirst();
    Entry only = entries.size() == 1 ? entries.get(first.key()) : null;
    return only != null && first.print() == Layout.Print.ALONE_THE_OBJECT
        ? only.value()
        : new Mapping(entries, object.place());
  }

  private Map<String, Entry> fields(
      Mapping object, List<Layout.Field> fields, PathTable<List<Layout.Field>> table) {
    var entries = new LinkedHashMap<String, Entry>();
    for (Layout.Field field : fields) {
      if (!object.has(field.key()) && !(json && field.print().alsoAbsent())) {
        continue;
      }
      Node value = object.get(field.key()).orElse(Scalar.nothing(object.place()));
      Node opened = opened(value, field.print());
      Node arranged = field(node(opened, table.below(field.key())), field.print());
      if (isPrinted(arranged, field.print())) {
        entries.put(field.key(), new Entry(value.place(), arranged));
      }
    }
    return entries;
  }

  private void extensions(Map<String, Entry> entries, Mapping from) {
    from.keys().stream()
        .filter(key -> key.startsWith("x-"))
        .sorted(json ? BY_BYTES : NATURAL)
        .forEach(key -> put(entries, from, key, PathTable.of(Map.of())));
  }

  private void put(
      Map<String, Entry> entries, Mapping from, String key, PathTable<List<Layout.Field>> table) {
    Node value = from.get(key).orElseThrow();
    entries.put(key, new Entry(value.place(), node(value, table)));
  }

  private Node opened(Node value, Layout.Print print) {
    boolean absent = value instanceof Scalar scalar && scalar.isNull();
    return json && absent && print == Layout.Print.IN_JSON_ALSO_EMPTY
        ? Mapping.empty(value.place())
        : value;
  }

  private static Node field(Node value, Layout.Print print) {
    return switch (value) {
      case Scalar it when print == Layout.Print.SINGLE_PRECISION && isNumber(it) ->
          new Scalar(it.type(), PrintedNumber.single(it.text()), it.place());
      case Sequence list when print == Layout.Print.SORTED -> sorted(list);
      case Mapping map when print == Layout.Print.TEXTS -> map.mapValues((_, it) -> text(it));
      default -> value;
    };
  }

  private static Node text(Node value) {
    return value instanceof Scalar scalar && scalar.isNull()
        ? Scalar.text("", scalar.place())
        : value;
  }

  private static Sequence sorted(Sequence list) {
    Comparator<Node> byText =
        Comparator.comparing(it -> it instanceof Scalar scalar ? scalar.text() : "", BY_BYTES);
    return new Sequence(list.items().stream().sorted(byText).toList(), list.place());
  }

  private boolean isPrinted(Node value, Layout.Print print) {
    boolean absent = value instanceof Scalar scalar && scalar.isNull();
    return switch (print) {
      case IF_IT_SAYS_SOMETHING, SINGLE_PRECISION, SORTED, TEXTS, ALONE_THE_OBJECT ->
          !absent && !isEmpty(value);
      case IF_WRITTEN -> !absent;
      case IN_JSON_ALSO_NULL -> json || !absent;
      case IN_JSON_ALSO_EMPTY -> json || (!absent && !isEmpty(value));
      case UNLESS_TRUE -> !absent && isEmpty(value);
      case UNLESS_ZERO ->
          !absent && !(value instanceof Scalar scalar && scalar.text().matches("0s?|"));
    };
  }

  private static boolean isEmpty(Node value) {
    return switch (value) {
      case Mapping mapping -> mapping.keys().isEmpty();
      case Sequence list -> list.items().isEmpty();
      case Scalar scalar ->
          switch (scalar.type()) {
            case TEXT, TEMPLATE -> scalar.text().isEmpty();
            case BOOL -> scalar.text().equalsIgnoreCase("false");
            case INTEGER, DECIMAL -> PrintedNumber.yaml(scalar.text()).matches("-?0");
            case NULL -> true;
          };
    };
  }

  private static boolean isNumber(Scalar scalar) {
    return scalar.type() == Scalar.Type.INTEGER || scalar.type() == Scalar.Type.DECIMAL;
  }
}
