package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;

import dev.davit.compose.text.SshText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.ArrayList;
import java.util.function.UnaryOperator;

/// `build.ssh`: a list of `ID` and `ID=PATH`, or a mapping of ids to paths.
final class Ssh {
  private static final Form TEXT = checked("ID=PATH", SshText::parse).onHost(Ssh::onHost);

  static final Form FORM =
      either(mapOf(SshText::parse, either(Forms.STRING, Forms.NOTHING)), listOf(TEXT))
          .alwaysLongForm(Ssh::list)
          .uniqueAs("id", Ssh::id);

  private Ssh() {}

  private static Node list(Node node) {
    if (!(node instanceof Mapping mapping)) {
      return node;
    }
    var items = new ArrayList<Node>();
    for (String id : mapping.keys()) {
      Node path = mapping.get(id).orElseThrow();
      items.add(Scalar.text(mapping.text(id).map(it -> id + "=" + it).orElse(id), path.place()));
    }
    return new Sequence(items, node.place());
  }

  private static String id(Node node) {
    return node instanceof Scalar text ? SshText.parse(text.text()).id() : "";
  }

  private static Node onHost(Node node, UnaryOperator<String> absolute) {
    return node instanceof Scalar text
        ? Scalar.text(SshText.parse(text.text()).mapPaths(absolute).toString(), text.place())
        : node;
  }
}
