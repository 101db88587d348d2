package dev.davit.compose.tree;

import dev.davit.error.Place;
import java.util.List;

/// One YAML document.
///
/// @param clearings what its tags take away from the documents that it is laid over
public record Document(Node tree, List<Clearing> clearings) {

  /// What `!reset` and `!override` say: at this path, what earlier documents say counts no more.
  ///
  /// @param place where the tag stands
  public record Clearing(TreePath path, Place place) {}

  public Document {
    clearings = List.copyOf(clearings);
  }
}
