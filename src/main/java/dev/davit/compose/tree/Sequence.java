package dev.davit.compose.tree;

import dev.davit.error.Place;
import java.util.List;

/// A list of nodes.
public record Sequence(List<Node> items, Place place) implements Node {
  public Sequence {
    items = List.copyOf(items);
  }

  @Override
  public String kind() {
    return "a list";
  }
}
