package dev.davit.compose.tree;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Suggestion;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The nodes of one document that have a tag of Compose's, `!reset` or `!override`.
final class Tags {
  private static final String RESET = "!reset";
  private static final String OVERRIDE = "!override";

  /// @param place where the tag stands
  private record Tagged(String tag, Place place) {}

  private final Problems problems;
  private final IdentityHashMap<Node, Tagged> tagged = new IdentityHashMap<>();
  private final List<Clearing> clearings = new ArrayList<>();

  Tags(Problems problems) {
    this.problems = problems;
  }

  /// Remembers the tag of a node, if it is one of a document's own.
  Node mark(Node node, @Nullable String tag, Place place, TreePath path) {
    if (tag == null || !tag.startsWith("!") || tag.length() == 1) {
      return node;
    }
    if (tag.equals(RESET) || tag.equals(OVERRIDE)) {
      tagged.put(node, new Tagged(tag, place));
    } else {
      String nearest = Suggestion.of(tag, List.of(RESET, OVERRIDE));
      problems.warning(
          Code.USELESS_TAG,
          place,
          path,
          "unknown tag \"" + tag + "\" is ignored",
          nearest == null ? "Compose knows !reset and !override" : nearest);
    }
    return node;
  }

  /// Another node stands for a known one.
  Node same(Node node, Node known) {
    Tagged tag = tagged.get(known);
    if (tag != null) {
      tagged.put(node, tag);
    }
    return node;
  }

  /// The document without what its tags take away.
  Document document(Node tree) {
    Node clean = tagged.isEmpty() ? tree : clean(TreePath.ROOT, tree, false);
    return new Document(clean, clearings);
  }

  private Node clean(TreePath path, Node node, boolean inList) {
    return switch (node) {
      case Mapping mapping -> mapping(path, mapping, inList);
      case Sequence list -> list(path, list);
      case Scalar scalar -> scalar;
    };
  }

  private Mapping mapping(TreePath path, Mapping mapping, boolean inList) {
    var kept = new LinkedHashMap<String, Entry>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              TreePath at = path.child(key);
              Tagged tag = tagged.get(entry.value());
              if (tag != null && inList) {
                useless(tag, at);
              } else if (tag != null) {
                clearings.add(new Clearing(at, tag.place()));
              }
              if (!isReset(tag)) {
                kept.put(key, new Entry(entry.key(), clean(at, entry.value(), inList)));
              }
            });
    return new Mapping(kept, mapping.place());
  }

  private Sequence list(TreePath path, Sequence list) {
    var kept = new ArrayList<Node>();
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      Tagged tag = tagged.get(item);
      if (tag != null) {
        useless(tag, path.item(i));
      }
      if (!isReset(tag)) {
        kept.add(clean(path.item(i), item, true));
      }
    }
    return new Sequence(kept, list.place());
  }

  private static boolean isReset(@Nullable Tagged tag) {
    return tag != null && tag.tag().equals(RESET);
  }

  private void useless(Tagged tag, TreePath path) {
    problems.warning(
        Code.USELESS_TAG,
        tag.place(),
        path,
        "tag " + tag.tag() + " has no effect inside a list",
        "give the list itself the tag !override, and write all of its items");
  }
}
