package dev.davit.compose.tree;

import dev.davit.error.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Nodes by key, in the order of the file.
public record Mapping(Map<String, Entry> entries, Place place) implements Node {

  /// @param key where the key stands
  public record Entry(Place key, Node value) {}

  public Mapping {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  public static Mapping empty(Place place) {
    return new Mapping(Map.of(), place);
  }

  public Set<String> keys() {
    return entries.keySet();
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of a key; a null written in the file is a value.
  public Optional<Node> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /// The mapping at a key, empty where there is none.
  public Mapping mapping(String key) {
    return get(key).orElse(null) instanceof Mapping mapping ? mapping : empty(place);
  }

  /// The text of the value at a key, absent where it is null or no single value.
  public Optional<String> text(String key) {
    return get(key).orElse(null) instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /// Where a key stands, or this mapping where the key is missing.
  public Place keyPlace(String key) {
    Entry entry = entries.get(key);
    return entry == null ? place : entry.key();
  }

  /// With a key set; a new key is said to stand where its value does.
  public Mapping with(String key, Node value) {
    var copy = new LinkedHashMap<>(entries);
    Entry old = entries.get(key);
    copy.put(key, new Entry(old == null ? value.place() : old.key(), value));
    return new Mapping(copy, place);
  }

  /// With the text at a key changed, if there is one.
  public Mapping changed(String key, UnaryOperator<String> change) {
    return get(key).orElse(null) instanceof Scalar scalar && !scalar.isNull()
        ? with(key, Scalar.text(change.apply(scalar.text()), scalar.place()))
        : this;
  }

  /// With a key set unless it is there and not null.
  public Mapping withDefault(String key, Node value) {
    Node present = get(key).orElse(null);
    boolean missing = present == null || (present instanceof Scalar scalar && scalar.isNull());
    return missing ? with(key, value) : this;
  }

  public Mapping without(String key) {
    if (!has(key)) {
      return this;
    }
    var copy = new LinkedHashMap<>(entries);
    copy.remove(key);
    return new Mapping(copy, place);
  }

  /// With every value replaced.
  public Mapping mapValues(BiFunction<String, Node, Node> change) {
    var copy = new LinkedHashMap<String, Entry>();
    entries.forEach(
        (key, entry) -> copy.put(key, new Entry(entry.key(), change.apply(key, entry.value()))));
    return new Mapping(copy, place);
  }

  @Override
  public String kind() {
    return "a mapping";
  }
}
