package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.TEXT;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.orNothing;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.attribute.Rule.Merged.Plainly;
import dev.davit.compose.attribute.Support.NotYet;
import dev.davit.compose.text.IpText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Sequence;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/// `networks` at the top level.
final class TopLevelNetworks {
  private static final String REFUSED = "up refuses the network";

  private static final Set<String> DRIVERS = Set.of("bridge", "macvlan", "ipvlan");

  private static final Set<String> OPTIONS =
      Set.of(
          "com.docker.network.driver.mtu",
          "com.docker.network.bridge.name",
          "com.docker.network.bridge.enable_icc",
          "com.docker.network.bridge.enable_ip_masquerade",
          "com.docker.network.bridge.host_binding_ipv4",
          "com.docker.network.container_iface_prefix",
          "parent",
          "macvlan_mode",
          "ipvlan_mode",
          "ipvlan_flag");

  private static final Form CIDR = checkedOrEmpty("a subnet", IpText::checkCidr);

  private static final Form IPAM_CONFIG =
      object(
          attribute("subnet", CIDR),
          attribute("ip_range", CIDR),
          attribute("gateway", ADDRESS),
          attribute("aux_addresses", mapOf(ADDRESS)));

  private static final Form IPAM =
      object(
          attribute(
              "driver",
              STRING.notYet("IPAM driver", it -> !it.equals("default"), "davit gives addresses")),
          attribute(
              "config",
              listOf(IPAM_CONFIG)
                  .uniqueBy("subnet")
                  .merged("merged by subnet", TopLevelNetworks::merge)
                  .except(
                      "second subnet of a family", TopLevelNetworks::several, new NotYet(REFUSED))),
          attribute("options", STRING_MAP).notYet("davit gives addresses without them"));

  private static final Form DRIVER_OPTIONS =
      mapOf(
          TEXT.except(
              "driver option", TopLevelNetworks::option, new NotYet("the network is without it")));

  static final Form NETWORK =
      orNothing(
          object(
              attribute("name", STRING),
              attribute(
                  "driver", STRING.notYet("network driver", it -> !DRIVERS.contains(it), REFUSED)),
              attribute("driver_opts", DRIVER_OPTIONS),
              attribute("ipam", IPAM),
              External.EXTERNAL,
              attribute("internal", FLAG),
              attribute("attachable", FLAG).noEffect("any container can be attached"),
              attribute("enable_ipv4", FLAG),
              attribute("enable_ipv6", FLAG),
              attribute("labels", LABELS)));

  private TopLevelNetworks() {}

  private static Optional<String> several(String key, Node node) {
    if (!(node instanceof Sequence list)) {
      return Optional.empty();
    }
    long six = list.items().stream().filter(it -> subnet(it).indexOf(':') >= 0).count();
    return six > 1 || list.items().size() - six > 1
        ? Optional.of("more than one subnet of a family")
        : Optional.empty();
  }

  private static Optional<String> option(String key, Node node) {
    return OPTIONS.contains(key) ? Optional.empty() : Optional.of("driver option \"" + key + "\"");
  }

  /// What is said of a subnet that is there already is merged with it.
  private static Node merge(Node base, Node over, Plainly plainly) {
    if (!(base instanceof Sequence below) || !(over instanceof Sequence above)) {
      return over;
    }
    var merged = new ArrayList<>(below.items());
    for (Node item : above.items()) {
      int same = 0;
      while (same < merged.size() && !subnet(merged.get(same)).equals(subnet(item))) {
        same++;
      }
      if (same == merged.size()) {
        merged.add(item);
      } else {
        merged.set(same, plainly.merge(same, merged.get(same), item));
      }
    }
    return new Sequence(merged, below.place());
  }

  private static String subnet(Node config) {
    return config instanceof Mapping mapping ? mapping.text("subnet").orElse("") : "";
  }
}
