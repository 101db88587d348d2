package dev.davit.compose.load;

import dev.davit.compose.load.Candidates.Candidate;
import dev.davit.compose.load.Environment.Given;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the values of a model come from.
public final class Origin {
  /// A place that mentions a variable.
  ///
  /// @param text the whole value there
  /// @param otherwise what is taken there if nobody gives the variable a value, empty if nothing is
  public record Use(Place place, String path, String text, Optional<String> otherwise) {}

  private Origin() {}

  /// Everything that was said of the node at a tree path such as `services.web.ports[0]`; the last
  /// one counts. Empty where the model has no such node and none was taken away.
  public static List<Candidate> of(LoadResult result, String path) {
    var all = new ArrayList<>(result.candidates().lost(path));
    node(result.model(), path).map(Candidate::of).ifPresent(all::add);
    return all;
  }

  /// The node that a path leads to; keys may have dots in them.
  private static Optional<Node> node(Node from, String path) {
    if (path.isEmpty()) {
      return Optional.of(from);
    }
    return switch (from) {
      case Mapping mapping ->
          mapping.keys().stream()
              .filter(key -> begins(path, key))
              .flatMap(key -> node(mapping.get(key).orElseThrow(), rest(path, key)).stream())
              .findFirst();
      case Sequence list -> item(list, path);
      case Scalar _ -> Optional.empty();
    };
  }

  private static boolean begins(String path, String key) {
    String rest = path.startsWith(key) ? path.substring(key.length()) : "?";
    return rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[");
  }

  private static String rest(String path, String key) {
    String rest = path.substring(key.length());
    return rest.startsWith(".") ? rest.substring(1) : rest;
  }

  private static Optional<Node> item(Sequence list, String path) {
    int end = path.indexOf(']');
    if (!path.matches("(?s)\\[\\d{1,6}\\].*")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(path.substring(1, end));
    return index < list.items().size()
        ? node(list.items().get(index), rest(path, path.substring(0, end + 1)))
        : Optional.empty();
  }

  /// Everybody who says what a variable is in an include and is not heard outside of it.
  public static List<Given> inIncludes(Model model, String variable) {
    List<Given> outside = model.environment().given(variable);
    return model.candidates().included().stream()
        .flatMap(it -> it.given(variable).stream())
        .filter(it -> !outside.contains(it))
        .distinct()
        .toList();
  }

  /// Every place of a model that mentions a variable, in the order of the tree.
  ///
  /// @param model loaded without replacing variables
  public static List<Use> uses(Model model, String variable) {
    var uses = new ArrayList<Use>();
    collect(TreePath.ROOT, model.all(), variable, uses);
    return uses;
  }

  private static void collect(TreePath path, Node node, String variable, List<Use> uses) {
    switch (node) {
      case Scalar scalar ->
          Templates.mentions(scalar).stream()
              .filter(mention -> mention.name().equals(variable))
              .findFirst()
              .map(mention -> Optional.of(mention.otherwise()).filter(it -> !it.isEmpty()))
              .map(it -> new Use(scalar.place(), path.toString(), scalar.text(), it))
              .ifPresent(uses::add);
      case Mapping mapping ->
          mapping
              .entries()
              .forEach((key, it) -> collect(path.child(key), it.value(), variable, uses));
      case Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          collect(path.item(i), list.items().get(i), variable, uses);
        }
      }
    }
  }
}
