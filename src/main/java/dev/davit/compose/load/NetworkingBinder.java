package dev.davit.compose.load;

import dev.davit.compose.Link;
import dev.davit.compose.Networking;
import dev.davit.compose.Port;
import dev.davit.compose.ServiceNetwork;
import dev.davit.compose.text.HostText;
import dev.davit.compose.text.LinkText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a service is reached, as [Networking].
final class NetworkingBinder {
  private NetworkingBinder() {}

  static Networking bind(View service) {
    return new Networking(
        Namespaces.networkMode(service.text("network_mode")),
        networks(service.at("networks")),
        service.views("ports").stream().map(NetworkingBinder::port).toList(),
        service.texts("expose"),
        hosts(service),
        new Networking.Dns(
            service.texts("dns").stream().filter(it -> !it.isEmpty()).toList(),
            service.texts("dns_search"),
            service.texts("dns_opt")),
        links(service.texts("links")),
        links(service.texts("external_links")));
  }

  private static List<Link> links(List<String> texts) {
    return texts.stream().map(LinkText::parse).map(it -> new Link(it.name(), it.alias())).toList();
  }

  private static Map<String, ServiceNetwork> networks(View all) {
    var networks = new LinkedHashMap<String, ServiceNetwork>();
    all.mapping().keys().forEach(name -> networks.put(name, network(all.at(name))));
    return networks;
  }

  private static ServiceNetwork network(View network) {
    return new ServiceNetwork(
        network.texts("aliases"),
        network.text("ipv4_address"),
        network.text("ipv6_address"),
        network.text("mac_address"),
        network.text("interface_name"),
        network.small("priority").orElse(0),
        network.small("gw_priority").orElse(0),
        network.texts("link_local_ips"),
        network.map("driver_opts"));
  }

  private static Port port(View port) {
    return new Port(
        port.text("host_ip").orElse(""),
        port.text("published").orElse(""),
        port.small("target").orElseThrow(),
        port.text("protocol").orElse("tcp"));
  }

  static Map<String, List<String>> hosts(View service) {
    var hosts = new LinkedHashMap<String, List<String>>();
    for (String text : service.texts("extra_hosts")) {
      HostText entry = HostText.parse(text);
      hosts.computeIfAbsent(entry.name(), _ -> new ArrayList<>()).add(entry.address());
    }
    return hosts;
  }
}
