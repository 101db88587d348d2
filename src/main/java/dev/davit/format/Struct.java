package dev.davit.format;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Named values in an order: an object of Docker's JSON, too wide for a record. Unlike a map it has
/// only the fields that it has: a template that asks for another is wrong.
public final class Struct {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /// Adds a field, or replaces it.
  public Struct with(String name, @Nullable Object value) {
    fields.put(name, Values.plain(value));
    return this;
  }

  @JsonValue
  Map<String, @Nullable Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  Collection<String> names() {
    return fields.keySet();
  }
}
