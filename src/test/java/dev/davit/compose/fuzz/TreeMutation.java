package dev.davit.compose.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// A YAML text becomes one in which a node is another one: YAML still, but seldom what it should
/// be.
record TreeMutation(RandomGenerator random) {

  /// A place in the tree where a value can stand.
  private interface Spot {
    void put(@Nullable Object value);

    void remove();

    @Nullable Object value();
  }

  /// Nothing, where the text is no YAML that can be written again.
  Optional<String> of(String text) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      var root = inList(new @Nullable Object[] {tree});
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        once(root);
      }
      var options = new DumperOptions();
      options.setDefaultScalarStyle(
          random.nextInt(4) == 0 ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
      options.setIndent(2 + random.nextInt(2));
      return Optional.of(new Yaml(options).dump(root.getFirst()));
    } catch (YAMLException | ClassCastException | StackOverflowError e) { // it contains itself
      return Optional.empty();
    }
  }

  private void once(List<@Nullable Object> root) {
    var spots = new ArrayList<Spot>();
    collect(root, spots);
    if (spots.isEmpty()) {
      return;
    }
    Spot spot = spots.get(random.nextInt(spots.size()));
    Object other = spots.get(random.nextInt(spots.size())).value();
    switch (random.nextInt(9)) {
      case 0 -> spot.put(null);
      case 1 -> spot.remove();
      case 2 -> spot.put(copy(other));
      case 3 -> spot.put(inList(spot.value(), copy(other)));
      case 4 -> spot.put(inMapping(spot.value()));
      case 5 -> spot.put(number());
      case 6 -> spot.put(more(spot.value()));
      default -> spot.put(TextMutation.NASTY.get(random.nextInt(TextMutation.NASTY.size())));
    }
  }

  private Object number() {
    return switch (random.nextInt(5)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Integer.MIN_VALUE;
      case 2 -> -0.5;
      case 3 -> 1e308;
      default -> random.nextInt(70_000);
    };
  }

  private static List<@Nullable Object> inList(@Nullable Object... values) {
    var list = new ArrayList<@Nullable Object>();
    for (Object value : values) {
      list.add(value);
    }
    return list;
  }

  private Object inMapping(@Nullable Object value) {
    var mapping = new LinkedHashMap<Object, @Nullable Object>();
    mapping.put(TextMutation.NASTY.get(random.nextInt(TextMutation.NASTY.size())), value);
    mapping.put("image", value);
    return mapping;
  }

  /// A list with an item twice, a mapping with an attribute more, a number and a text that are
  /// larger.
  private @Nullable Object more(@Nullable Object value) {
    return switch (value) {
      case List<?> list when !list.isEmpty() -> inList(list.getFirst(), list.getFirst());
      case Map<?, ?> mapping -> {
        var larger = new LinkedHashMap<Object, @Nullable Object>(mapping);
        larger.put("other", 1);
        yield larger;
      }
      case Integer number -> number * 1000;
      case String text -> text + text;
      case null, default -> value;
    };
  }

  private static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> mapping -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        mapping.forEach((key, it) -> copy.put(key, copy(it)));
        yield copy;
      }
      case List<?> list -> inList(list.stream().map(TreeMutation::copy).toArray());
      case null, default -> value;
    };
  }

  @SuppressWarnings("unchecked") // trees of SafeConstructor
  private static void collect(@Nullable Object node, List<Spot> spots) {
    if (node instanceof Map<?, ?> mapping) {
      for (Object key : new ArrayList<>(mapping.keySet())) {
        spots.add(entry((Map<Object, @Nullable Object>) mapping, key));
        collect(mapping.get(key), spots);
      }
    } else if (node instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        spots.add(item((List<@Nullable Object>) list, i));
        collect(list.get(i), spots);
      }
    }
  }

  private static Spot entry(Map<Object, @Nullable Object> mapping, Object key) {
    return new Spot() {
      @Override
      public void put(@Nullable Object value) {
        mapping.put(key, value);
      }

      @Override
      public void remove() {
        mapping.remove(key);
      }

      @Override
      public @Nullable Object value() {
        return mapping.get(key);
      }
    };
  }

  private static Spot item(List<@Nullable Object> list, int index) {
    return new Spot() {
      @Override
      public void put(@Nullable Object value) {
        list.set(index, value);
      }

      @Override
      public void remove() {
        list.set(index, "");
      }

      @Override
      public @Nullable Object value() {
        return list.get(index);
      }
    };
  }
}
