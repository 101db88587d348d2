package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;

import dev.davit.compose.text.HostText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import java.util.ArrayList;
import java.util.List;

/// `extra_hosts`: a mapping of names to addresses, or a list of `NAME=ADDRESS`.
final class ExtraHosts {
  private static final Form ADDRESS = checked("an address", HostText::address);

  static final Attribute EXTRA_HOSTS =
      attribute(
          "extra_hosts",
          either(
                  Form.of(new Shape.MapOf(_ -> {}, either(ADDRESS, listOf(ADDRESS)), true)),
                  listOf(checked("NAME=ADDRESS", HostText::parse)))
              .longForm(ExtraHosts::entries)
              .unique());

  private ExtraHosts() {}

  /// A list of `name=address`, one address each.
  private static Node entries(Node node) {
    var items = new ArrayList<Node>();
    if (node instanceof Mapping hosts) {
      hosts
          .entries()
          .forEach(
              (name, entry) -> addresses(entry.value()).forEach(it -> items.add(entry(name, it))));
    }
    for (Scalar item : Forms.scalars(node)) {
      items.add(Scalar.text(HostText.parse(item.text()).toString(), item.place()));
    }
    return new Sequence(items, node.place());
  }

  private static List<Scalar> addresses(Node node) {
    return node instanceof Scalar one ? List.of(one) : Forms.scalars(node);
  }

  private static Scalar entry(String name, Scalar address) {
    return Scalar.text(new HostText(name, address.text()).toString(), address.place());
  }
}
