package dev.davit.compose.load;

import dev.davit.compose.Link;
import dev.davit.compose.Networking;
import dev.davit.compose.Port;
import dev.davit.compose.ServiceNetwork;
import dev.davit.compose.text.HostText;
import dev.davit.compose.text.LinkText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a service is reached, as [Networking].
final class NetworkingBinder {
  private NetworkingBinder() {}

  static Networking bind(View service) {
    return new Networking(
        Namespaces.networkMode(service.text("network_mode")),
        networks(service.at("networks"), service.text("mac_address")),
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

  /// @param mac for the network with the highest priority
  private static Map<String, ServiceNetwork> networks(View all, Optional<String> mac) {
    String first = first(all).orElse("");
    var networks = new LinkedHashMap<String, ServiceNetwork>();
    for (String name : all.mapping().keys()) {
      networks.put(name, network(all.at(name), name.equals(first) ? mac : Optional.empty()));
    }
    return networks;
  }

  /// The network with the highest priority, the first by name of several.
  static Optional<String> first(View networks) {
    Comparator<String> priority =
        Comparator.comparingInt(name -> -networks.at(name).small("priority").orElse(0));
    return networks.mapping().keys().stream()
        .min(priority.thenComparing(Comparator.naturalOrder()));
  }

  private static ServiceNetwork network(View network, Optional<String> mac) {
    return new ServiceNetwork(
        network.texts("aliases"),
        network.text("ipv4_address"),
        network.text("ipv6_address"),
        network.text("mac_address").or(() -> mac),
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
