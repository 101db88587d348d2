package dev.davit.compose.tree;

import dev.davit.error.Place;
import dev.davit.error.Source.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// A list of nodes.
public record Sequence(List<Node> items, Place place) implements Node {
  public Sequence {
    items = List.copyOf(items);
  }

  /// With every item replaced; this list itself if each is replaced by itself.
  @SuppressWarnings("ReferenceEquality") // whether it was replaced, not by what
  public Sequence mapItems(BiFunction<Integer, Node, Node> change) {
    List<Node> changed = items;
    for (int i = 0; i < items.size(); i++) {
      Node value = change.apply(i, items.get(i));
      if (value != items.get(i)) {
        changed = changed == items ? new ArrayList<>(items) : changed;
        changed.set(i, value);
      }
    }
    return changed == items ? this : new Sequence(changed, place);
  }

  @Override
  public Sequence reachedBy(Via step) {
    List<Node> reached = items.stream().map(it -> it.reachedBy(step)).toList();
    return new Sequence(reached, place.reachedBy(step));
  }

  @Override
  public boolean sameAs(Node other) {
    if (!(other instanceof Sequence it) || items.size() != it.items.size()) {
      return false;
    }
    return IntStream.range(0, items.size()).allMatch(i -> items.get(i).sameAs(it.items.get(i)));
  }

  @Override
  public String kind() {
    return "a list";
  }
}
