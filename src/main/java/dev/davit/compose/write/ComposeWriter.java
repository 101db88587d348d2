package dev.davit.compose.write;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;

/// Prints models as `docker compose config` does. What is printed loads again as the same model.
public final class ComposeWriter {
  private ComposeWriter() {}

  /// A canonical model; `$` is escaped.
  public static String yaml(Mapping model) {
    return YamlText.of(escaped(TreePath.ROOT, Arranged.yaml(model)));
  }

  /// A canonical model; `$` is escaped.
  public static String json(Mapping model) {
    return JsonText.pretty(escaped(TreePath.ROOT, Arranged.json(model)));
  }

  /// A model in which variables stand as written, all of it in the order of the alphabet.
  public static String rawYaml(Mapping model) {
    return YamlText.of(Arranged.unlaid(model, false));
  }

  /// A model in which variables stand as written, all of it in the order of the alphabet.
  public static String rawJson(Mapping model) {
    return JsonText.pretty(Arranged.unlaid(model, true));
  }

  private static Node escaped(TreePath path, Node node) {
    return node instanceof Scalar scalar
        ? new Scalar(scalar.type(), scalar.text().replace("$", "$$"), scalar.place())
        : Rewrite.children(node, path, ComposeWriter::escaped);
  }
}
