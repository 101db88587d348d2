package dev.davit.compose.load;

import dev.davit.compose.text.IpText;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.List;

/// `extra_hosts`: a mapping of names to addresses, or a list of `NAME=ADDRESS`.
final class HostEntries {
  private static final Shape ADDRESS = Shapes.checked("an address", HostEntries::address);

  static final Shape SHAPE =
      Shapes.either(
          Shapes.mapOf(Shapes.either(ADDRESS, Shapes.listOf(ADDRESS))),
          Shapes.listOf(Shapes.checked("NAME=ADDRESS", HostEntries::parse)));

  /// One name with one address.
  record Entry(String name, String address) {}

  private HostEntries() {}

  /// `name=address` or `name:address`, the address maybe in brackets.
  static Entry parse(String text) {
    int split = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
    if (split < 1) {
      throw MalformedException.invalid(Code.INVALID_ADDRESS, "host", text, "write NAME=ADDRESS");
    }
    String address = text.substring(split + 1).replaceAll("^\\[|]$", "");
    address(address);
    return new Entry(text.substring(0, split), address);
  }

  private static void address(String text) {
    if (text.isEmpty()) {
      throw MalformedException.invalid(
          Code.INVALID_ADDRESS, "address", text, "write an address or host-gateway");
    }
    if (!text.equals("host-gateway")) {
      IpText.check(text);
    }
  }

  /// A list of `name=address`, one address each.
  static Node canonical(TreePath path, Node node) {
    var items = new ArrayList<Node>();
    switch (node) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (name, entry) -> addresses(entry.value()).forEach(it -> add(name, it, items)));
      case Sequence list -> {
        for (Node item : list.items()) {
          if (item instanceof Scalar scalar) {
            Entry entry = parse(scalar.text());
            add(entry.name(), Scalar.text(entry.address(), scalar.place()), items);
          }
        }
      }
      case Scalar scalar -> items.add(scalar);
    }
    return new Sequence(items, node.place());
  }

  private static List<Node> addresses(Node node) {
    return node instanceof Sequence list ? list.items() : List.of(node);
  }

  private static void add(String name, Node address, List<Node> items) {
    String text = address instanceof Scalar scalar ? scalar.text() : "";
    items.add(Scalar.text(name + "=" + text, address.place()));
  }
}
