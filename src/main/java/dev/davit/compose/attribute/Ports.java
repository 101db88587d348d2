package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.cast;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.wordOrEmpty;

import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.PortText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.List;

/// `ports` and `expose` of a service.
final class Ports {
  private static final Form SHORT = cast("a port", Scalar.Type.TEXT, Ports::valid);

  private static final Form LONG =
      object(
          attribute("name", STRING),
          attribute("mode", wordOrEmpty("mode", List.of("host", "ingress"))).otherwise("ingress"),
          attribute("host_ip", ADDRESS),
          attribute("target", cast("a port", Scalar.Type.INTEGER, Ports::single)).required(),
          attribute("published", cast("a port", Scalar.Type.TEXT, Ports::range)),
          attribute("protocol", checkedOrEmpty("a protocol", PortText::protocol)).otherwise("tcp"),
          attribute("app_protocol", STRING).noEffect("nobody looks into connections"));

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute(
              "ports",
              listOf(either(SHORT, LONG))
                  .alwaysLongForm(Ports::ports)
                  .uniqueBy("host_ip", "published", "target", "protocol")),
          attribute("expose", listOf(cast("a port", Scalar.Type.TEXT, Ports::exposed)).unique()));

  private Ports() {}

  private static String valid(String text) {
    PortText.parse(text);
    return text;
  }

  private static String single(String text) {
    return "" + Numbers.whole(PortText.range(text).toString());
  }

  private static String range(String text) {
    return text.isEmpty() ? "" : PortText.published(text).toString();
  }

  private static String exposed(String text) {
    String[] parts = text.split("/", 2);
    PortText.range(parts[0]);
    if (parts.length == 2) {
      PortText.protocol(parts[1]);
    }
    return text;
  }

  private static Node ports(Node node) {
    var ports = new ArrayList<Node>();
    for (Node item : node instanceof Sequence list ? list.items() : List.<Node>of()) {
      if (item instanceof Scalar port) {
        PortText.parse(port.text()).forEach(it -> ports.add(port(it, port.place())));
      } else {
        ports.add(item);
      }
    }
    return new Sequence(ports, node.place());
  }

  private static Node port(PortText.Mapping port, Place at) {
    Mapping mapping =
        Mapping.empty(at)
            .with("target", new Scalar(Scalar.Type.INTEGER, "" + port.target(), at))
            .with("protocol", Scalar.text(port.protocol(), at));
    if (!port.hostIp().isEmpty()) {
      mapping = mapping.with("host_ip", Scalar.text(port.hostIp(), at));
    }
    return port.published().isEmpty()
        ? mapping
        : mapping.with("published", Scalar.text(port.published(), at));
  }
}
