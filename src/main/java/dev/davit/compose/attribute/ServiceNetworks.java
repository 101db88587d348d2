package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.SMALL;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.TEXT;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.attribute.Support.NotYet;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which networks a service is on, and what it is there.
final class ServiceNetworks {
  private static final Form MAC = checkedOrEmpty("a MAC address", ServiceNetworks::mac);

  private static final Set<String> OPTIONS =
      Set.of("com.docker.network.endpoint.ifname", "com.docker.network.endpoint.sysctls");

  private static final Form DRIVER_OPTIONS =
      mapOf(
          TEXT.except(
              "endpoint option",
              ServiceNetworks::option,
              new NotYet("the endpoint is without it")));

  private static final Form NETWORK =
      object(
          attribute("aliases", STRINGS.unique()),
          attribute(
              "interface_name",
              checkedOrEmpty("an interface name", ServiceNetworks::interfaceName)),
          attribute("ipv4_address", ADDRESS),
          attribute("ipv6_address", ADDRESS),
          attribute("link_local_ips", listOf(ADDRESS).unique()),
          attribute("mac_address", MAC),
          attribute("driver_opts", DRIVER_OPTIONS),
          attribute("priority", SMALL),
          attribute("gw_priority", SMALL));

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("mac_address", MAC),
          attribute("network_mode", Namespaces.NETWORK),
          attribute(
              "networks",
              either(STRINGS, mapOf(either(NETWORK, NOTHING)))
                  .alwaysLongForm(ServiceNetworks::byName)));

  private ServiceNetworks() {}

  private static Optional<String> option(String key, Node node) {
    return OPTIONS.contains(key)
        ? Optional.empty()
        : Optional.of("endpoint option \"" + key + "\"");
  }

  private static void mac(String text) {
    if (!text.matches("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}")) {
      throw MalformedException.invalid(
          Code.INVALID_ADDRESS,
          "MAC address",
          text,
          "write six pairs of hexadecimal digits, such as 02:42:ac:11:00:02");
    }
  }

  /// netdevice(7): IFNAMSIZ is 16 with the final zero.
  private static void interfaceName(String text) {
    if (!text.matches("[^/\\s:]{1,15}")) {
      throw MalformedException.invalid(
          Code.INVALID_NAME, "interface name", text, "use up to 15 characters");
    }
  }

  /// A list of names is a mapping of names to nothing.
  static Node byName(Node node) {
    if (node instanceof Mapping) {
      return node;
    }
    var all = Mapping.empty(node.place()).draft();
    for (Scalar name : Forms.scalars(node)) {
      all.set(name.text(), Scalar.nothing(name.place()));
    }
    return all.done();
  }
}
