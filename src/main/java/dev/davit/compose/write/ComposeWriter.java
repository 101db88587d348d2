package dev.davit.compose.write;

import dev.davit.compose.load.LoadResult;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;

/// Prints the canonical model of a project, as `docker compose config` does: without the services
/// that no profile enables, `$` escaped, keys in docker's order. What is printed loads again.
public final class ComposeWriter {
  private ComposeWriter() {}

  public static String yaml(LoadResult result) {
    return YamlText.of(model(result));
  }

  public static String json(LoadResult result) {
    return JsonText.of(model(result));
  }

  private static Mapping model(LoadResult result) {
    Mapping services = result.model().mapping("services");
    for (String name : result.model().mapping("services").keys()) {
      if (!result.project().services().containsKey(name)) {
        services = services.without(name);
      }
    }
    Mapping enabled = result.model().with("services", services);
    return (Mapping) KeyOrder.sorted(TreePath.ROOT, escaped(TreePath.ROOT, enabled));
  }

  private static Node escaped(TreePath path, Node node) {
    return node instanceof Scalar scalar
        ? new Scalar(scalar.type(), scalar.text().replace("$", "$$"), scalar.place())
        : Rewrite.children(node, path, ComposeWriter::escaped);
  }
}
