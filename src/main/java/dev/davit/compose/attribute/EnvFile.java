package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.wordOrEmpty;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.ArrayList;
import java.util.List;

/// `env_file` of a service: a path, or a list of paths and mappings. What the files say counts,
/// where it is read from does not.
final class EnvFile {
  private static final Form FILE =
      object(
          attribute("path", STRING.onHost()).required(),
          attribute("required", FLAG).otherwise(true),
          attribute("format", wordOrEmpty("format", List.of("raw"))));

  static final Attribute ENV_FILE =
      attribute(
              "env_file",
              either(STRING, listOf(either(STRING, FILE)))
                  .alwaysLongForm(EnvFile::files)
                  .uniqueBy("path"))
          .unhashed();

  private EnvFile() {}

  private static Node files(Node node) {
    var files = new ArrayList<Node>();
    for (Node item : node instanceof Sequence list ? list.items() : List.of(node)) {
      files.add(item instanceof Scalar ? Mapping.empty(item.place()).with("path", item) : item);
    }
    return new Sequence(files, node.place());
  }
}
