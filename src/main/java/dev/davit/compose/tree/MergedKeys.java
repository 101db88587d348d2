package dev.davit.compose.tree;

import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `<<` brings into one mapping. It never replaces, and of several the first wins.
final class MergedKeys {
  private final Problems problems;
  private final TreePath path;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private @Nullable Place first;

  MergedKeys(Problems problems, TreePath path) {
    this.problems = problems;
    this.path = path;
  }

  Map<String, Entry> entries() {
    return entries;
  }

  /// @param at where `<<` stands
  void add(Place at, Node value) {
    if (first == null) {
      first = at;
    } else {
      String help = "merge several with <<: [*a, *b]";
      problems
          .error(Code.DUPLICATE_KEY, at, path, "duplicate key \"<<\"", help)
          .note("first defined here", first);
    }
    merge(value);
  }

  private void merge(Node value) {
    switch (value) {
      case Mapping mapping -> mapping.entries().forEach(entries::putIfAbsent);
      case Sequence list when list.items().stream().allMatch(Mapping.class::isInstance) ->
          list.items().forEach(this::merge);
      default ->
          problems.error(
              Code.MERGE_KEY,
              value.place(),
              path,
              "merge of " + value.kind(),
              "merge a mapping: <<: *name");
    }
  }
}
