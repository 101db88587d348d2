package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.ADDRESS;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.orNothing;
import static dev.davit.compose.attribute.Forms.word;
import static dev.davit.compose.attribute.KeyValues.KEY_VALUES;

import dev.davit.compose.text.IpText;

/// `networks` at the top level.
final class TopLevelNetworks {
  private static final Form CIDR = checked("a subnet", IpText::checkCidr);

  private static final Form IPAM_CONFIG =
      object(
          attribute("subnet", CIDR),
          attribute("ip_range", CIDR),
          attribute("gateway", ADDRESS),
          attribute("aux_addresses", STRING_MAP));

  private static final Form IPAM =
      object(
          attribute("driver", word("IPAM driver", "default")),
          attribute("config", listOf(IPAM_CONFIG).uniqueBy("subnet")),
          attribute("options", STRING_MAP));

  static final Form NETWORK =
      orNothing(
          object(
              attribute("name", STRING),
              attribute("driver", word("network driver", "bridge")),
              attribute("driver_opts", STRING_MAP),
              attribute("ipam", IPAM),
              attribute("external", FLAG),
              attribute("internal", FLAG),
              attribute("attachable", FLAG),
              attribute("enable_ipv4", FLAG),
              attribute("enable_ipv6", FLAG),
              attribute("labels", KEY_VALUES)));

  private TopLevelNetworks() {}
}
