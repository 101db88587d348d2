package dev.davit.network;

import java.util.Map;
import java.util.Optional;

/// Which addresses of one family a network may use.
///
/// @param gateway the host's address on it; the first one of the subnet if left out
/// @param ipRange the part of the subnet from which addresses are given; all of it if left out
/// @param reserved addresses that are never given, by who has them
public record Subnet(
    Cidr subnet, Optional<Ip> gateway, Optional<Cidr> ipRange, Map<String, Ip> reserved) {
  public Subnet {
    reserved = Map.copyOf(reserved);
  }

  /// All of that range.
  public static Subnet of(Cidr subnet) {
    return new Subnet(subnet, Optional.empty(), Optional.empty(), Map.of());
  }

  /// The host's address on it.
  public Ip host() {
    return gateway.orElse(subnet.first().plus(1));
  }
}
