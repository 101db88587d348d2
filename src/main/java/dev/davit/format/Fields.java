package dev.davit.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The components of a record under the names that JSON has for them, which templates use as well:
/// `exitCode` is `ExitCode`, what differs from that has a `@JsonProperty`.
final class Fields {
  private static final Map<Class<?>, Fields> KNOWN = new ConcurrentHashMap<>();

  private final Map<String, RecordComponent> components = new LinkedHashMap<>();

  private Fields(Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      components.put(name(component), component);
    }
  }

  static Fields of(Class<?> type) {
    return KNOWN.computeIfAbsent(type, Fields::new);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    String name = component.getName();
    return property == null || property.value().isEmpty()
        ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
        : property.value();
  }

  Collection<String> names() {
    return components.keySet();
  }

  @Nullable Object value(Object row, String name) {
    RecordComponent component = components.get(name);
    if (component == null) {
      throw new IllegalArgumentException("no field " + name);
    }
    return value(row, component);
  }

  List<@Nullable Object> values(Object row) {
    return Arrays.asList(
        components.values().stream().map(component -> value(row, component)).toArray());
  }

  private static @Nullable Object value(Object row, RecordComponent component) {
    try {
      return component.getAccessor().invoke(row);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("field " + component, e);
    }
  }

  /// What stands above the column of that field.
  String header(String name) {
    RecordComponent component = components.get(name);
    Header header = component == null ? null : component.getAnnotation(Header.class);
    return header == null ? name.toUpperCase(Locale.ROOT) : header.value();
  }

  /// Whether the field takes an argument.
  boolean isLookup(String name) {
    RecordComponent component = components.get(name);
    return component != null && component.getType() == Lookup.class;
  }
}
