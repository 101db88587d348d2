package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.STRING_OR_LIST;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;

import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.List;

/// How a container finds the addresses of names.
final class Resolving {
  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute(
              "dns", either(ADDRESS, listOf(ADDRESS)).alwaysLongForm(Resolving::servers).unique()),
          attribute("dns_opt", STRINGS.uniqueByKey()),
          attribute("dns_search", STRING_OR_LIST.unique()),
          ExtraHosts.EXTRA_HOSTS);

  private Resolving() {}

  /// An empty one says nothing: it is what an unset variable leaves.
  private static Node servers(Node node) {
    List<Node> all = node instanceof Sequence list ? list.items() : List.of(node);
    return new Sequence(
        all.stream()
            .filter(it -> !(it instanceof Scalar server && server.text().isEmpty()))
            .toList(),
        node.place());
  }
}
