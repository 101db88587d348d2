package dev.davit.compose.load;

import dev.davit.compose.text.Durations;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Typed reading of a mapping that has passed the phase `types`; null in the file is absent here.
record View(Mapping mapping) {

  /// The text of an attribute; an empty one says nothing.
  Optional<String> text(String key) {
    return mapping.text(key).filter(it -> !it.isEmpty());
  }

  static Optional<String> textOf(Node node) {
    return node instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  boolean flag(String key, boolean otherwise) {
    return text(key).map(Boolean::parseBoolean).orElse(otherwise);
  }

  boolean flag(String key) {
    return flag(key, false);
  }

  OptionalLong whole(String key) {
    return text(key).stream().mapToLong(Numbers::whole).findFirst();
  }

  OptionalInt small(String key) {
    return text(key).stream().mapToInt(it -> Math.toIntExact(Numbers.whole(it))).findFirst();
  }

  OptionalDouble decimal(String key) {
    return text(key).stream().mapToDouble(Double::parseDouble).findFirst();
  }

  Optional<Duration> duration(String key) {
    return text(key).map(Durations::parse);
  }

  /// The texts of a list, empty if there is none.
  List<String> texts(String key) {
    return items(key).stream().flatMap(it -> textOf(it).stream()).toList();
  }

  /// The texts of a list, if there is one.
  Optional<List<String>> textsIfPresent(String key) {
    return mapping.get(key).filter(Sequence.class::isInstance).map(_ -> texts(key));
  }

  List<Node> items(String key) {
    return mapping.get(key).orElse(null) instanceof Sequence list ? list.items() : List.of();
  }

  /// The mappings of a list.
  List<View> views(String key) {
    return items(key).stream()
        .filter(Mapping.class::isInstance)
        .map(it -> new View((Mapping) it))
        .toList();
  }

  /// Texts by key; a key without value is left out.
  Map<String, String> map(String key) {
    var values = new LinkedHashMap<String, String>();
    View below = at(key);
    below
        .mapping
        .keys()
        .forEach(it -> below.mapping.text(it).ifPresent(text -> values.put(it, text)));
    return values;
  }

  View at(String key) {
    return new View(mapping.mapping(key));
  }

  Optional<View> ifPresent(String key) {
    return mapping.get(key).filter(Mapping.class::isInstance).map(it -> new View((Mapping) it));
  }
}
