package dev.davit.compose.tree;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The entries of a mapping in the order of the file, immutable. Two arrays are a third of a
/// `LinkedHashMap`: a large file is hundred thousands of mappings of a few keys, and mappings of
/// the same keys share them.
final class Entries extends AbstractMap<String, Mapping.Entry> {
  /// So many keys are compared one by one sooner than hashed.
  private static final int FEW = 12;

  static final Entries NONE = new Entries(new String[0], new Mapping.Entry[0]);

  private final String[] keys;
  private final Mapping.Entry[] values;
  private final Map<String, Integer> index;

  /// A bit for the hash of each key: nearly all questions are for keys that are not there.
  private final long hashes;

  private Entries(String[] keys, Mapping.Entry[] values) {
    this.keys = keys;
    this.values = values;
    this.index = index(keys);
    this.hashes = hashes(keys);
  }

  /// Of the same keys.
  private Entries(Entries same, Mapping.Entry[] values) {
    this.keys = same.keys;
    this.values = values;
    this.index = same.index;
    this.hashes = same.hashes;
  }

  static Entries copyOf(Map<String, Mapping.Entry> map) {
    if (map instanceof Entries entries) {
      return entries;
    }
    return map.isEmpty()
        ? NONE
        : new Entries(
            map.keySet().toArray(String[]::new), map.values().toArray(Mapping.Entry[]::new));
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

  private static long hashes(String[] keys) {
    long hashes = 0;
    for (String key : keys) {
      hashes |= 1L << key.hashCode();
    }
    return hashes;
  }

  private int find(@Nullable Object key) {
    if (key == null || (hashes & 1L << key.hashCode()) == 0) {
      return -1;
    }
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
  public Set<String> keySet() {
    return new Each<>(i -> keys[i]) {
      @Override
      public boolean contains(@Nullable Object key) {
        return containsKey(key);
      }
    };
  }

  @Override
  public Set<Map.Entry<String, Mapping.Entry>> entrySet() {
    return new Each<>(i -> Map.entry(keys[i], values[i]));
  }

  /// Something of each entry.
  private class Each<T> extends AbstractSet<T> {
    private final IntFunction<T> at;

    Each(IntFunction<T> at) {
      this.at = at;
    }

    @Override
    public Iterator<T> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < keys.length;
        }

        @Override
        public T next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return at.apply(next++);
        }
      };
    }

    @Override
    public int size() {
      return keys.length;
    }
  }

  /// With one entry in the place of that of the same key, or behind all.
  Entries with(String key, Mapping.Entry entry) {
    int found = find(key);
    int at = found < 0 ? keys.length : found;
    Mapping.Entry[] changed = Arrays.copyOf(values, Math.max(values.length, at + 1));
    changed[at] = entry;
    if (found >= 0) {
      return new Entries(this, changed);
    }
    String[] more = Arrays.copyOf(keys, at + 1);
    more[at] = key;
    return new Entries(more, changed);
  }

  /// With only those keys that fulfil a condition; these entries themselves if all do.
  Entries keep(Predicate<String> condition) {
    String[] kept = new String[keys.length];
    Mapping.Entry[] theirs = new Mapping.Entry[keys.length];
    int size = 0;
    for (int i = 0; i < keys.length; i++) {
      if (condition.test(keys[i])) {
        kept[size] = keys[i];
        theirs[size++] = values[i];
      }
    }
    return size == keys.length
        ? this
        : new Entries(Arrays.copyOf(kept, size), Arrays.copyOf(theirs, size));
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
    return changed == values ? this : new Entries(this, changed);
  }
}
