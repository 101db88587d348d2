package dev.davit.compose;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.SourceLines;
import dev.davit.error.Place;
import java.util.Optional;

/// Where each part of a project was written. Paths are written as `services.web.ports[0]`.
///
/// @param tree the project's canonical tree
/// @param lines of the files that places name
public record SourceMap(Node tree, SourceLines lines) {

  public boolean has(String treePath) {
    return find(tree, treePath).isPresent();
  }

  /// The place of the node at a path, or of its nearest parent that there is.
  public Optional<Place> place(String treePath) {
    for (String path = treePath; !path.isEmpty(); path = parent(path)) {
      Optional<Node> node = find(tree, path);
      if (node.isPresent()) {
        return node.map(Node::place);
      }
    }
    return Optional.empty();
  }

  /// The source line at `place`, without its line end.
  public Optional<String> excerpt(Place place) {
    return lines.at(place);
  }

  private static String parent(String path) {
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end < 0 ? "" : path.substring(0, end);
  }

  private static Optional<Node> find(Node node, String path) {
    if (path.isEmpty()) {
      return Optional.of(node);
    }
    return switch (node) {
      case Mapping mapping -> find(mapping, path);
      case Sequence list -> {
        int end = path.indexOf(']');
        boolean item = path.startsWith("[") && end > 0;
        int index = item ? Integer.parseInt(path, 1, end, 10) : list.items().size();
        yield index < list.items().size()
            ? find(list.items().get(index), rest(path, end + 1))
            : Optional.empty();
      }
      case Scalar _ -> Optional.empty();
    };
  }

  // Keys can contain the dots and brackets that end them.
  private static Optional<Node> find(Mapping mapping, String path) {
    Optional<Node> found = Optional.empty();
    for (int end = 1; end <= path.length() && found.isEmpty(); end++) {
      boolean key = end == path.length() || path.charAt(end) == '.' || path.charAt(end) == '[';
      if (key) {
        String rest = rest(path, end);
        found = mapping.get(path.substring(0, end)).flatMap(it -> find(it, rest));
      }
    }
    return found;
  }

  private static String rest(String path, int from) {
    return path.substring(path.startsWith(".", from) ? from + 1 : from);
  }
}
