package dev.davit.compose.tree;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The entries of a mapping in the order of the file, immutable. Two arrays are a third of a
/// `LinkedHashMap`: a large file is hundred thousands of mappings of a few keys, and mappings of
/// the same keys share them.
final class Entries extends AbstractMap<String, Mapping.Entry> {
  /// So many keys are compared one by one sooner than hashed.
  private static final int FEW = 12;

  private final String[] keys;
  private final Mapping.Entry[] values;
  private final Map<String, Integer> index;

  private Entries(String[] keys, Mapping.Entry[] values, Map<String, Integer> index) {
    this.keys = keys;
    this.values = values;
    this.index = index;
  }

  static Entries copyOf(Map<String, Mapping.Entry> map) {
    if (map instanceof Entries entries) {
      return entries;
    }
    String[] keys = map.keySet().toArray(String[]::new);
    return new Entries(keys, map.values().toArray(Mapping.Entry[]::new), index(keys));
  }

  private static Map<String, Integer> index(String[] keys) {
    if (keys.length <= FEW) {
      return Map.of();
    }
    var index = HashMap.<String, Integer>newHashMap(keys.length);
    for (int i = 0; i < keys.length; i++) {
      index.put(keys[i], i);
    }
    return index;
  }

  private int find(@Nullable Object key) {
    if (keys.length > FEW) {
      return index.getOrDefault(key, -1);
    }
    int at = keys.length - 1;
    while (at >= 0 && !keys[at].equals(key)) {
      at--;
    }
    return at;
  }

  @Override
  public Mapping.@Nullable Entry get(@Nullable Object key) {
    int at = find(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return find(key) >= 0;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Mapping.Entry> action) {
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, Mapping.Entry>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Mapping.Entry>> iterator() {
        return IntStream.range(0, keys.length)
            .mapToObj(i -> Map.entry(keys[i], values[i]))
            .iterator();
      }

      @Override
      public int size() {
        return keys.length;
      }
    };
  }

  /// With other values at the same keys; these entries themselves if each value stays.
  @SuppressWarnings("ReferenceEquality") // whether it was replaced, not by what
  Entries mapValues(BiFunction<String, Node, Node> change) {
    Mapping.Entry[] changed = values;
    for (int i = 0; i < keys.length; i++) {
      Node value = change.apply(keys[i], values[i].value());
      if (value != values[i].value()) {
        changed = changed == values ? values.clone() : changed;
        changed[i] = new Mapping.Entry(values[i].key(), value);
      }
    }
    return changed == values ? this : new Entries(keys, changed, index);
  }
}
