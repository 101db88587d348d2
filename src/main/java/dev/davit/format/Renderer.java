package dev.davit.format;

import dev.davit.error.Suggestion;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes a template's nodes for one value.
final class Renderer {
  /// The names of a row's fields in place of a row: a table's first line.
  record Headers(Fields fields) {}

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private Map<String, @Nullable Object> variables = new HashMap<>();

  Renderer(String text, @Nullable Object data) {
    this.text = text;
    variables.put("$", data);
  }

  String render(List<Node> nodes) {
    run(nodes, variables.get("$"));
    return out.toString();
  }

  private void run(List<Node> nodes, @Nullable Object dot) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Text plain -> out.append(plain.text());
        case Node.Print print -> print(print, dot);
        case Node.If branch -> branch(branch, dot);
        case Node.Range range -> range(range, dot);
      }
    }
  }

  private void print(Node.Print print, @Nullable Object dot) {
    @Nullable Object value = evaluate(print.pipeline(), dot);
    if (print.variable().isPresent()) {
      variables.put(print.variable().get(), value);
    } else {
      out.append(Values.print(value));
    }
  }

  private void branch(Node.If branch, @Nullable Object dot) {
    @Nullable Object value = evaluate(branch.condition(), dot);
    boolean is = Values.isTrue(value);
    scoped(() -> run(is ? branch.then() : branch.otherwise(), is && branch.moves() ? value : dot));
  }

  private void scoped(Runnable body) {
    var outer = variables;
    variables = new HashMap<>(outer);
    body.run();
    // An assignment in a block holds outside of it, a new variable does not.
    outer.replaceAll((name, _) -> variables.get(name));
    variables = outer;
  }

  private void range(Node.Range range, @Nullable Object dot) {
    List<Map.Entry<Object, @Nullable Object>> elements =
        elements(range, evaluate(range.over(), dot));
    if (elements.isEmpty()) {
      scoped(() -> run(range.otherwise(), dot));
    }
    for (Map.Entry<Object, @Nullable Object> element : elements) {
      scoped(
          () -> {
            if (!range.variables().isEmpty()) {
              variables.put(range.variables().getLast(), element.getValue());
            }
            if (range.variables().size() == 2) {
              variables.put(range.variables().getFirst(), element.getKey());
            }
            run(range.body(), element.getValue());
          });
    }
  }

  private List<Map.Entry<Object, @Nullable Object>> elements(
      Node.Range range, @Nullable Object value) {
    var elements = new ArrayList<Map.Entry<Object, @Nullable Object>>();
    switch (value) {
      case null -> {}
      case Headers headers -> elements.add(new SimpleEntry<>(0L, headers));
      case Collection<?> list -> {
        long index = 0;
        for (Object element : list) {
          elements.add(new SimpleEntry<>(index++, element));
        }
      }
      case Map<?, ?> map ->
          new TreeMap<Object, Object>(map)
              .forEach((key, held) -> elements.add(new SimpleEntry<>(key, held)));
      default ->
          throw wrong(
              range.over().span(),
              "\"" + Values.print(value) + "\" is no list",
              "range goes over a list or a map");
    }
    return elements;
  }

  private @Nullable Object evaluate(Node.Pipeline pipeline, @Nullable Object dot) {
    @Nullable Object value = null;
    boolean first = true;
    for (Node.Call call : pipeline.calls()) {
      value = Values.plain(evaluate(call, dot, first ? List.of() : Arrays.asList(value)));
      first = false;
    }
    return value;
  }

  private @Nullable Object evaluate(
      Node.Call call, @Nullable Object dot, List<@Nullable Object> piped) {
    if (call.first() instanceof Node.Function function) {
      if (function.name().equals("and") || function.name().equals("or")) {
        return logic(function.name().equals("or"), call, dot, piped);
      }
      return function(function, call, arguments(call, dot, piped));
    }
    @Nullable Object value = Values.plain(evaluate(call.first(), dot));
    List<@Nullable Object> arguments = arguments(call, dot, piped);
    if (value instanceof Lookup lookup && arguments.size() == 1) {
      return lookup.of(Values.print(arguments.getFirst()));
    }
    if (!arguments.isEmpty()) {
      throw wrong(call.span(), "value that is no function and takes no arguments", null);
    }
    return value;
  }

  private @Nullable Object function(
      Node.Function function, Node.Call call, List<@Nullable Object> arguments) {
    try {
      return Functions.call(function.name(), arguments);
    } catch (IllegalArgumentException e) {
      if (variables.get("$") instanceof Headers) {
        return "";
      }
      throw wrong(call.span(), "function \"" + function.name() + "\" " + e.getMessage(), null);
    }
  }

  private @Nullable Object logic(
      boolean or, Node.Call call, @Nullable Object dot, List<@Nullable Object> piped) {
    @Nullable Object value = null;
    for (Node.Operand operand : call.arguments()) {
      value = Values.plain(evaluate(operand, dot));
      if (Values.isTrue(value) == or) {
        return value;
      }
    }
    return piped.isEmpty() ? value : piped.getFirst();
  }

  private List<@Nullable Object> arguments(
      Node.Call call, @Nullable Object dot, List<@Nullable Object> piped) {
    var arguments = new ArrayList<@Nullable Object>();
    for (Node.Operand operand : call.arguments()) {
      arguments.add(Values.plain(evaluate(operand, dot)));
    }
    arguments.addAll(piped);
    return arguments;
  }

  private @Nullable Object evaluate(Node.Operand operand, @Nullable Object dot) {
    return switch (operand) {
      case Node.Literal literal -> literal.value();
      case Node.Function function ->
          function(function, new Node.Call(function, List.of(), function.span()), List.of());
      case Node.Path path -> fields(start(path, dot), path.fields());
      case Node.Group group -> fields(evaluate(group.pipeline(), dot), group.fields());
    };
  }

  private @Nullable Object start(Node.Path path, @Nullable Object dot) {
    if (path.variable().isEmpty()) {
      return dot;
    }
    String name = path.variable().get();
    if (!variables.containsKey(name)) {
      throw wrong(
          path.span(),
          "unknown variable \"" + name + "\"",
          Suggestion.of(name, variables.keySet()));
    }
    return variables.get(name);
  }

  private @Nullable Object fields(@Nullable Object start, List<Node.Name> names) {
    @Nullable Object value = Values.plain(start);
    for (Node.Name name : names) {
      value = Values.plain(field(value, name));
    }
    return value;
  }

  private @Nullable Object field(@Nullable Object value, Node.Name name) {
    return switch (value) {
      case Headers headers -> header(headers, name);
      case Map<?, ?> map -> Values.entry(map, name.text());
      case Struct struct -> {
        check(struct.names(), name);
        yield struct.fields().get(name.text());
      }
      case Record row -> {
        Fields fields = Fields.of(row.getClass());
        check(fields.names(), name);
        yield fields.value(row, name.text());
      }
      case null -> null;
      default ->
          throw wrong(
              name.span(),
              "no field \"" + name.text() + "\" in \"" + Values.print(value) + "\"",
              null);
    };
  }

  private Object header(Headers headers, Node.Name name) {
    check(headers.fields().names(), name);
    return headers.fields().isLookup(name.text())
        ? (Lookup) key -> key
        : headers.fields().header(name.text());
  }

  private void check(Collection<String> names, Node.Name name) {
    if (!names.contains(name.text())) {
      throw wrong(
          name.span(),
          "no field \"" + name.text() + "\"",
          Suggestion.or(name.text(), names, "there are " + String.join(", ", names)));
    }
  }

  private TemplateException wrong(Span span, String message, @Nullable String help) {
    return new TemplateException(text, span, message, help);
  }
}
