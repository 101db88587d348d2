package dev.davit.reconcile;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values as JSON with sorted keys. What is empty or false is left out, so that a new attribute
/// with such a default leaves every text, and so every hash, as it was.
final class Canonical {
  private Canonical() {}

  /// @param value records, collections, maps, enums, numbers and text; a record's components of the
  ///   names in `without` are left out at the top
  static String json(Object value, Set<String> without) {
    var fields = new TreeMap<>(components(value));
    fields.keySet().removeAll(without);
    return object(fields);
  }

  private static Map<String, @Nullable Object> components(Object instance) {
    var fields = new TreeMap<String, @Nullable Object>();
    for (RecordComponent component : instance.getClass().getRecordComponents()) {
      try {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        fields.put(component.getName(), accessor.invoke(instance));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("record " + instance.getClass().getName(), e);
      }
    }
    return fields;
  }

  private static String object(Map<String, ?> fields) {
    var parts = new ArrayList<String>();
    new TreeMap<String, @Nullable Object>(fields)
        .forEach(
            (name, value) -> {
              String text = print(value);
              if (!text.isEmpty()) {
                parts.add(quote(name) + ":" + text);
              }
            });
    return parts.isEmpty() ? "" : "{" + String.join(",", parts) + "}";
  }

  private static String print(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Optional<?> optional -> optional.map(Canonical::present).orElse("");
      case OptionalInt number -> number.isPresent() ? "" + number.getAsInt() : "";
      case OptionalLong number -> number.isPresent() ? "" + number.getAsLong() : "";
      case OptionalDouble number -> number.isPresent() ? "" + number.getAsDouble() : "";
      case Boolean flag -> flag ? "true" : "";
      case Number number -> number.toString();
      case Map<?, ?> map -> map(map);
      case Set<?> set -> list(set.stream().map(String::valueOf).sorted().toList());
      case Collection<?> collection -> list(collection);
      case Record instance -> instance(instance);
      default -> value.toString().isEmpty() ? "" : quote(value.toString());
    };
  }

  // An optional that holds an empty list says something: it clears what the image has.
  private static String present(Object value) {
    String text = print(value);
    return text.isEmpty() ? "[]" : text;
  }

  // Members of a sealed family differ by type, even where they have no components.
  private static String instance(Record value) {
    String fields = object(components(value));
    boolean member = value.getClass().getInterfaces().length > 0;
    return member ? quote(value.getClass().getSimpleName() + fields) : fields;
  }

  private static String map(Map<?, ?> map) {
    var parts = new ArrayList<String>();
    var sorted = new TreeMap<String, @Nullable Object>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    sorted.forEach((key, value) -> parts.add(quote(key) + ":" + orNull(print(value))));
    return parts.isEmpty() ? "" : "{" + String.join(",", parts) + "}";
  }

  private static String list(Collection<?> items) {
    List<String> parts = items.stream().map(item -> orNull(print(item))).toList();
    return parts.isEmpty() ? "" : "[" + String.join(",", parts) + "]";
  }

  private static String orNull(String text) {
    return text.isEmpty() ? "null" : text;
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
