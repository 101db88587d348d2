package dev.davit.format;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of templates as Go sees them: records are structs, `Optional` is its content or nil.
final class Values {
  private Values() {}

  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.orElse(null);
      case Enum<?> constant -> constant.toString();
      case null, default -> value;
    };
  }

  static boolean isTrue(@Nullable Object value) {
    return switch (plain(value)) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case String text -> !text.isEmpty();
      case Collection<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }

  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return Objects.equals(left, right);
  }

  /// What a map has for `key`; nothing is the empty text where it maps to texts.
  static @Nullable Object entry(Map<?, ?> map, String key) {
    Object value = map.get(key);
    boolean texts = map.values().stream().allMatch(String.class::isInstance);
    return value == null && texts ? "" : value;
  }

  static String print(@Nullable Object value) {
    return switch (plain(value)) {
      case null -> "<no value>";
      case Collection<?> list ->
          list.stream().map(Values::print).collect(Collectors.joining(" ", "[", "]"));
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, String>();
        map.forEach((key, held) -> sorted.put(print(key), print(held)));
        yield sorted.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(" ", "map[", "]"));
      }
      case Struct struct ->
          struct.fields().values().stream()
              .map(Values::print)
              .collect(Collectors.joining(" ", "{", "}"));
      case Record row ->
          Fields.of(row.getClass()).values(row).stream()
              .map(Values::print)
              .collect(Collectors.joining(" ", "{", "}"));
      case Object other -> other.toString();
    };
  }
}
