package dev.davit.compose.tree;

import dev.davit.error.Place;
import dev.davit.error.Source.Via;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Nodes by key, in the order of the file. Whoever changes many keys does it in one go, with
/// [#withAll], [#keep], [#mapValues] or a [#draft]: each change of a mapping copies it.
public final class Mapping implements Node {

  /// @param key where the key stands
  public record Entry(Place key, Node value) {}

  private final Entries entries;
  private final Place place;

  public Mapping(Map<String, Entry> entries, Place place) {
    this.entries = Entries.copyOf(entries);
    this.place = place;
  }

  public static Mapping empty(Place place) {
    return new Mapping(Entries.NONE, place);
  }

  /// The same mapping at another place.
  Mapping at(Place other) {
    return new Mapping(entries, other);
  }

  public Map<String, Entry> entries() {
    return entries;
  }

  @Override
  public Place place() {
    return place;
  }

  public Set<String> keys() {
    return entries.keySet();
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of a key; a null written in the file is a value.
  public Optional<Node> get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  /// The mapping at a key, empty where there is none.
  public Mapping mapping(String key) {
    Entry entry = entries.get(key);
    return entry != null && entry.value() instanceof Mapping mapping ? mapping : empty(place);
  }

  /// The text of the value at a key, absent where it is null or no single value.
  public Optional<String> text(String key) {
    Entry entry = entries.get(key);
    return entry != null && entry.value() instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /// Where a key stands, or this mapping where the key is missing.
  public Place keyPlace(String key) {
    Entry entry = entries.get(key);
    return entry == null ? place : entry.key();
  }

  /// With a key set; a new key is said to stand where its value does.
  @SuppressWarnings("ReferenceEquality") // whether it is replaced, not by what
  public Mapping with(String key, Node value) {
    Entry old = entries.get(key);
    if (old != null && old.value() == value) {
      return this;
    }
    Place stands = old == null ? value.place() : old.key();
    return new Mapping(entries.with(key, new Entry(stands, value)), place);
  }

  /// With several keys set, the new ones in the order given.
  public Mapping withAll(Map<String, ? extends Node> values) {
    if (values.isEmpty()) {
      return this;
    }
    var copy = new LinkedHashMap<>(entries);
    values.forEach(
        (key, value) -> {
          Entry old = entries.get(key);
          copy.put(key, new Entry(old == null ? value.place() : old.key(), value));
        });
    return new Mapping(copy, place);
  }

  /// A copy that changes, key by key.
  public Draft draft() {
    return new Draft(this);
  }

  /// What becomes a mapping: as [#with] for each key, with one copy for all.
  public static final class Draft {
    private final LinkedHashMap<String, Entry> entries;
    private final Place place;

    private Draft(Mapping begun) {
      entries = new LinkedHashMap<>(begun.entries);
      place = begun.place;
    }

    public boolean has(String key) {
      return entries.containsKey(key);
    }

    /// The value of a key.
    public Optional<Node> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /// Sets a key; a new key is said to stand where its value does.
    public void set(String key, Node value) {
      Entry old = entries.get(key);
      entries.put(key, new Entry(old == null ? value.place() : old.key(), value));
    }

    /// The mapping that it has become.
    public Mapping done() {
      return new Mapping(entries, place);
    }
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
    return has(key) ? keep(it -> !it.equals(key)) : this;
  }

  /// With only those keys that fulfil a condition.
  @SuppressWarnings("ReferenceEquality") // whether one was left out
  public Mapping keep(Predicate<String> condition) {
    Entries kept = entries.keep(condition);
    return kept == entries ? this : new Mapping(kept, place);
  }

  /// With every value replaced; this mapping itself if each is replaced by itself.
  @SuppressWarnings("ReferenceEquality") // whether one was replaced, not by what
  public Mapping mapValues(BiFunction<String, Node, Node> change) {
    Entries changed = entries.mapValues(change);
    return changed == entries ? this : new Mapping(changed, place);
  }

  @Override
  public Mapping reachedBy(Via step) {
    var reached = new LinkedHashMap<String, Entry>();
    entries.forEach(
        (key, it) ->
            reached.put(key, new Entry(it.key().reachedBy(step), it.value().reachedBy(step))));
    return new Mapping(reached, place.reachedBy(step));
  }

  @Override
  public boolean sameAs(Node other) {
    return other instanceof Mapping it
        && keys().equals(it.keys())
        && keys().stream()
            .allMatch(key -> get(key).orElseThrow().sameAs(it.get(key).orElseThrow()));
  }

  @Override
  public String kind() {
    return "a mapping";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mapping it && entries.equals(it.entries) && place.equals(it.place);
  }

  @Override
  public int hashCode() {
    return Objects.hash(entries, place);
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
