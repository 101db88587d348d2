package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.text.IpText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;

/// An address that a service asks for must be one of its network.
final class StaticAddresses {
  private StaticAddresses() {}

  static void check(Site site) {
    Mapping networks = site.service().mapping("networks");
    for (String key : networks.keys()) {
      View wanted = new View(networks.mapping(key));
      check(site, key, wanted, "ipv4_address");
      check(site, key, wanted, "ipv6_address");
    }
  }

  private static void check(Site site, String key, View wanted, String attribute) {
    String address = wanted.text(attribute).orElse("");
    if (address.isEmpty()) {
      return;
    }
    List<Node> subnets =
        new View(site.tree().mapping("networks").mapping(key))
            .at("ipam").views("config").stream()
                .flatMap(it -> it.mapping().get("subnet").stream())
                .filter(it -> sameFamily(View.textOf(it).orElse(""), address))
                .toList();
    boolean outside =
        !subnets.isEmpty()
            && subnets.stream()
                .noneMatch(it -> IpText.contains(View.textOf(it).orElse(""), address));
    if (outside) {
      TreePath path = site.path().child("networks").child(key).child(attribute);
      String message = "address \"" + address + "\" is outside of network \"" + key + "\"";
      var report =
          site.context()
              .problems()
              .error(
                  Code.INVALID_ADDRESS,
                  wanted.mapping().get(attribute).orElseThrow().place(),
                  path,
                  message,
                  "give an address of its subnet");
      subnets.forEach(it -> report.note("its subnet", it.place()));
    }
  }

  private static boolean sameFamily(String subnet, String address) {
    boolean four = IpText.isV4(subnet.replaceFirst("/.*", ""));
    return four ? IpText.isV4(address) : IpText.isV6(address);
  }
}
