package dev.davit.network;

import java.time.Instant;

/// A network that exists: a bridge of the host with an address.
///
/// @param id 64 hexadecimal digits
/// @param bridge the bridge's interface name, at most 15 characters
/// @param gateway the bridge's address
public record Network(
    String id, NetworkConfig config, String bridge, Cidr subnet, Ipv4 gateway, Instant created) {
  public String name() {
    return config.name();
  }
}
