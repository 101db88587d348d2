package dev.davit.network;

import java.util.ArrayList;
import java.util.List;

/// A container's place on a network.
///
/// @param interfaceName inside the container
/// @param gateway the host's address on that network
/// @param names under which the others on that network find it, the container's first
public record Endpoint(
    String networkId,
    String networkName,
    String interfaceName,
    Ipv4 address,
    int prefixLength,
    Ipv4 gateway,
    String mac,
    List<String> names) {
  public Endpoint {
    names = List.copyOf(names);
  }

  /// The same for a container that is called `name`.
  Endpoint withName(String name) {
    var others = new ArrayList<>(names);
    others.set(0, name);
    return new Endpoint(
        networkId, networkName, interfaceName, address, prefixLength, gateway, mac, others);
  }
}
