package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What exists outside of the project: how it is named, and that it is not described inside.
final class External {
  private static final List<String> SECTIONS = List.of("networks", "volumes", "secrets", "configs");
  private static final Set<String> ALLOWED = Set.of("external", "name");

  private External() {}

  /// Phase: `external: {name: x}`, which is obsolete, becomes `external: true` and `name: x`.
  static Mapping names(Mapping tree, Context context) {
    Mapping named = tree;
    for (String section : SECTIONS) {
      if (tree.get(section).orElse(null) instanceof Mapping all) {
        TreePath path = TreePath.of(section);
        named =
            named.with(section, all.mapValues((key, it) -> named(path.child(key), it, context)));
      }
    }
    return named;
  }

  private static Node named(TreePath path, Node node, Context context) {
    if (!(node instanceof Mapping thing)
        || !(thing.get("external").orElse(null) instanceof Mapping external)) {
      return node;
    }
    context
        .problems()
        .warning(
            Code.OBSOLETE,
            thing.keyPlace("external"),
            path.child("external"),
            "external.name is obsolete",
            "write external: true, and name: NAME beside it");
    Mapping plain = thing.with("external", Scalar.bool(true, external.place()));
    Optional<String> own = thing.text("name");
    Optional<String> other = external.text("name");
    if (own.isPresent() && other.isPresent() && !own.equals(other)) {
      context
          .problems()
          .error(
              Code.CONTRADICTION,
              external.keyPlace("name"),
              path.child("external").child("name"),
              "name and external.name differ",
              "keep name")
          .note("name is here", thing.keyPlace("name"));
    }
    return other.isPresent() ? plain.with("name", external.get("name").orElseThrow()) : plain;
  }

  static void check(Mapping tree, Context context) {
    for (String section : SECTIONS) {
      Mapping all = tree.mapping(section);
      for (String key : all.keys()) {
        check(TreePath.of(section, key), all.mapping(key), context);
      }
    }
  }

  private static void check(TreePath path, Mapping thing, Context context) {
    if (!new View(thing).flag("external")) {
      return;
    }
    for (String key : thing.keys()) {
      if (!ALLOWED.contains(key) && !key.startsWith("x-") && saysSomething(thing, key)) {
        context
            .problems()
            .error(
                Code.EXCLUSIVE,
                thing.keyPlace(key),
                path.child(key),
                "external and " + key + " exclude each other",
                "remove one")
            .note("external is here", thing.keyPlace("external"));
      }
    }
  }

  /// `config --format json` prints `ipam: {}` at every network.
  private static boolean saysSomething(Mapping thing, String key) {
    return !(thing.get(key).orElseThrow() instanceof Mapping inside) || !inside.keys().isEmpty();
  }
}
