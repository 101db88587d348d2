package dev.davit.format;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Named values in an order: an object of Docker's JSON, too wide for a record. Unlike a map it has
/// only the fields that it has: a template that asks for another is wrong.
public final class Struct {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final Set<String> omitted = new HashSet<>();

  /// Adds a field, or replaces it.
  public Struct with(String name, @Nullable Object value) {
    fields.put(name, Values.plain(value));
    return this;
  }

  /// Adds a field that JSON leaves out while it is null, 0, false or empty, as Go's `omitempty`; a
  /// template has it nevertheless.
  public Struct withOmitted(String name, @Nullable Object value) {
    omitted.add(name);
    return with(name, value);
  }

  Map<String, @Nullable Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  @JsonValue
  Map<String, @Nullable Object> written() {
    var written = new LinkedHashMap<String, @Nullable Object>(fields);
    written
        .entrySet()
        .removeIf(it -> omitted.contains(it.getKey()) && !Values.isTrue(it.getValue()));
    return written;
  }

  Collection<String> names() {
    return fields.keySet();
  }
}
