package dev.davit.compose.load;

import dev.davit.compose.text.Durations;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.time.Duration;
import java.util.ArrayList;
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
    String text = text(key).orElse("");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Numbers.whole(text));
  }

  OptionalInt small(String key) {
    OptionalLong whole = whole(key);
    return whole.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(whole.getAsLong()));
  }

  OptionalDouble decimal(String key) {
    String text = text(key).orElse("");
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }

  Optional<Duration> duration(String key) {
    return text(key).map(Durations::parse);
  }

  /// The texts of a list, empty if there is none.
  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    items(key).forEach(it -> textOf(it).ifPresent(texts::add));
    return List.copyOf(texts);
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
    var views = new ArrayList<View>();
    for (Node item : items(key)) {
      if (item instanceof Mapping each) {
        views.add(new View(each));
      }
    }
    return List.copyOf(views);
  }

  /// Texts by key; a key without value is left out.
  Map<String, String> map(String key) {
    var values = new LinkedHashMap<String, String>();
    mapping
        .mapping(key)
        .entries()
        .forEach((name, it) -> textOf(it.value()).ifPresent(text -> values.put(name, text)));
    return values;
  }

  View at(String key) {
    return new View(mapping.mapping(key));
  }

  Optional<View> ifPresent(String key) {
    return mapping.get(key).filter(Mapping.class::isInstance).map(it -> new View((Mapping) it));
  }
}
