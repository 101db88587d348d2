package dev.davit.network;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A network that exists: a bridge of the host with addresses, or an interface of the host that
/// containers share.
///
/// @param id 64 hexadecimal digits
/// @param bridge the name of that interface, at most 15 characters
/// @param ownsLink whether it was made for the network and goes with it
/// @param subnets one or one of each family, IPv4 first
public record Network(
    String id,
    NetworkConfig config,
    String bridge,
    boolean ownsLink,
    List<Subnet> subnets,
    Instant created) {
  public Network {
    subnets = List.copyOf(subnets);
  }

  public String name() {
    return config.name();
  }

  public Optional<Subnet> ipv4() {
    return subnets.stream().filter(subnet -> !subnet.subnet().isIpv6()).findFirst();
  }

  public Optional<Subnet> ipv6() {
    return subnets.stream().filter(subnet -> subnet.subnet().isIpv6()).findFirst();
  }

  boolean isBridge() {
    return config.driver().equals(NetworkConfig.BRIDGE);
  }
}
