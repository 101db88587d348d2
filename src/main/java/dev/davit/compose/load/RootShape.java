package dev.davit.compose.load;

import static dev.davit.compose.load.Shapes.FLAG;
import static dev.davit.compose.load.Shapes.KEY_VALUES;
import static dev.davit.compose.load.Shapes.NOTHING;
import static dev.davit.compose.load.Shapes.STRING;
import static dev.davit.compose.load.Shapes.STRING_MAP;
import static dev.davit.compose.load.Shapes.checked;
import static dev.davit.compose.load.Shapes.either;
import static dev.davit.compose.load.Shapes.listOf;
import static dev.davit.compose.load.Shapes.named;
import static dev.davit.compose.load.Shapes.word;

import dev.davit.compose.text.IpText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;

/// The shape of a whole Compose file.
final class RootShape {
  private static final Shape CIDR = checked("a subnet", IpText::checkCidr);
  private static final Shape ADDRESS = checked("an address", IpText::check);

  private static final ObjectShape IPAM =
      ObjectShape.of()
          .with("driver", word("IPAM driver", "default"))
          .with(
              "config",
              listOf(
                  ObjectShape.of()
                      .withAll(CIDR, "subnet", "ip_range")
                      .with("gateway", ADDRESS)
                      .with("aux_addresses", STRING_MAP)))
          .with("options", STRING_MAP);

  private static final ObjectShape NETWORK =
      ObjectShape.of()
          .with("name", STRING)
          .with("driver", word("network driver", "bridge"))
          .with("driver_opts", STRING_MAP)
          .with("ipam", IPAM)
          .with("external", FLAG)
          .withAll(FLAG, "internal", "enable_ipv4", "enable_ipv6", "attachable")
          .with("labels", KEY_VALUES);

  private static final ObjectShape VOLUME =
      ObjectShape.of()
          .with("name", STRING)
          .with("driver", word("volume driver", "local"))
          .with("driver_opts", STRING_MAP)
          .with("external", FLAG)
          .with("labels", KEY_VALUES);

  private static final ObjectShape ROOT =
      ObjectShape.of()
          .withAll(STRING, "name", "version")
          .with("services", named(ServiceShape.SERVICE))
          .with("networks", named(either(NETWORK, NOTHING)))
          .with("volumes", named(either(VOLUME, NOTHING)))
          .later(NotYet.ROOT);

  private RootShape() {}

  /// Phase: every attribute is known and of its type; numbers in quotes become numbers.
  static Mapping types(Mapping tree, Context context) {
    return (Mapping) ROOT.check(TreePath.ROOT, tree, context.problems());
  }
}
