package dev.davit.docker;

import dev.davit.engine.Container;
import dev.davit.format.Struct;
import dev.davit.network.Cidr;
import dev.davit.network.Endpoint;
import dev.davit.network.Network;
import dev.davit.network.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A network as `GET /networks/{id}` answers.
public final class NetworkShape {
  private NetworkShape() {}

  /// @param containers those that may be on it
  public static Struct of(Network network, List<Container> containers) {
    var on = new TreeMap<String, Struct>();
    for (Container container : containers) {
      container.sandbox().stream()
          .flatMap(sandbox -> sandbox.endpoints().stream())
          .filter(endpoint -> endpoint.networkId().equals(network.id()))
          .forEach(endpoint -> on.put(container.id(), endpoint(container, endpoint)));
    }
    return new Struct()
        .with("Name", network.name())
        .with("Id", network.id())
        .with("Created", network.created().toString())
        .with("Scope", "local")
        .with("Driver", network.config().driver())
        .with("EnableIPv4", network.config().ipv4())
        .with("EnableIPv6", network.config().ipv6())
        .with("IPAM", ipam(network))
        .with("Internal", network.config().internal())
        .with("Containers", on)
        .with("Options", new TreeMap<>(network.config().options()))
        .with("Labels", new TreeMap<>(network.config().labels()));
  }

  private static Struct ipam(Network network) {
    return new Struct()
        .with("Driver", "default")
        .with(
            "Config",
            network.subnets().stream()
                .map(
                    subnet ->
                        new Struct()
                            .with("Subnet", subnet.subnet().toString())
                            .with("IPRange", subnet.ipRange().map(Cidr::toString).orElse(""))
                            .with("Gateway", subnet.host().toString())
                            .with("AuxiliaryAddresses", reserved(subnet)))
                .toList());
  }

  private static Map<String, String> reserved(Subnet subnet) {
    var all = new TreeMap<String, String>();
    subnet.reserved().forEach((name, address) -> all.put(name, address.toString()));
    return all;
  }

  private static Struct endpoint(Container container, Endpoint endpoint) {
    return new Struct()
        .with("Name", container.name())
        .with("MacAddress", endpoint.mac())
        .with("IPv4Address", cidr(endpoint.ipv4()))
        .with("IPv6Address", cidr(endpoint.ipv6()));
  }

  private static String cidr(Optional<Endpoint.Place> place) {
    return place.map(it -> it.address() + "/" + it.prefixLength()).orElse("");
  }
}
