package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import java.util.Map;

/// Phase: arguments of builds without value get the project's, or are left out where it has none.
final class BuildArguments {
  private BuildArguments() {}

  static Mapping resolve(Mapping tree, Context context) {
    return tree.has("services")
        ? tree.with(
            "services",
            tree.mapping("services").mapValues((_, it) -> service((Mapping) it, context)))
        : tree;
  }

  private static Mapping service(Mapping service, Context context) {
    Mapping build = service.mapping("build");
    return build.get("args").orElse(null) instanceof Mapping
        ? service.with("build", build.with("args", resolved(build.mapping("args"), context)))
        : service;
  }

  private static Mapping resolved(Mapping arguments, Context context) {
    Map<String, String> outer = context.environment();
    return arguments
        .keep(name -> arguments.text(name).isPresent() || outer.containsKey(name))
        .mapValues(
            (name, value) ->
                arguments.text(name).isPresent()
                    ? value
                    : Scalar.text(outer.getOrDefault(name, ""), arguments.keyPlace(name)));
  }
}
