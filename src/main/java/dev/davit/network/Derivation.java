package dev.davit.network;

import dev.davit.netlink.Address;
import dev.davit.netlink.Link;
import dev.davit.netlink.Rtnetlink;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes the state of a sandbox again that is not remembered: the container says what it wanted,
/// and the kernel which addresses it has got.
record Derivation(Placing placing, Function<String, Network> networks) {
  /// What an interface has of one network.
  private record Found(Link link, Optional<Ipv4> ipv4, Optional<Ipv6> ipv6) {
    boolean isEmpty() {
      return ipv4.isEmpty() && ipv6.isEmpty();
    }
  }

  /// The state of the sandbox, without ports. What the kernel does not have is chosen anew.
  SandboxState of(SandboxConfig config, Namespace namespace) {
    List<Link> links = Rtnetlink.links(namespace.netlink());
    List<Address> addresses = Rtnetlink.addresses(namespace.netlink());
    SandboxState state = SandboxState.planned(config);
    for (EndpointConfig endpoint : inOrder(config)) {
      Network network = networks.apply(endpoint.network());
      EndpointConfig found =
          links.stream()
              .map(link -> found(link, addresses, network))
              .filter(it -> !it.isEmpty())
              .findFirst()
              .map(it -> with(endpoint, it))
              .orElse(endpoint);
      state = state.withMore(placing.place(state, network, found));
    }
    return state.completed();
  }

  /// In the order in which their interfaces are made.
  static List<EndpointConfig> inOrder(SandboxConfig config) {
    return config.endpoints().stream()
        .sorted(Comparator.comparingInt(EndpointConfig::priority).reversed())
        .toList();
  }

  private static Found found(Link link, List<Address> addresses, Network network) {
    List<Ip> within =
        addresses.stream()
            .filter(address -> address.link() == link.index())
            .map(address -> Ip.of(address.address().getAddress()))
            .filter(ip -> network.subnets().stream().anyMatch(it -> it.subnet().contains(ip)))
            .toList();
    return new Found(
        link,
        within.stream().filter(Ipv4.class::isInstance).map(Ipv4.class::cast).findFirst(),
        within.stream().filter(Ipv6.class::isInstance).map(Ipv6.class::cast).findFirst());
  }

  private static EndpointConfig with(EndpointConfig endpoint, Found found) {
    return new EndpointConfig(
        endpoint.network(),
        endpoint.names(),
        found.ipv4(),
        found.ipv6(),
        endpoint.mac().or(() -> Optional.of(found.link().mac()).filter(mac -> !mac.isEmpty())),
        Optional.of(found.link().name()),
        endpoint.priority(),
        endpoint.gwPriority(),
        endpoint.linkLocal(),
        endpoint.options());
  }
}
