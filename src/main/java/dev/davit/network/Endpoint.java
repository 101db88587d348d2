package dev.davit.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A container's place on a network.
///
/// @param interfaceName inside the container
/// @param places its addresses, IPv4 first
/// @param names under which the others on that network find it, the container's first
public record Endpoint(
    String networkId,
    String networkName,
    String interfaceName,
    List<Place> places,
    String mac,
    List<String> names) {
  public Endpoint {
    places = List.copyOf(places);
    names = List.copyOf(names);
  }

  /// An address of an endpoint.
  ///
  /// @param gateway the way out, and of a bridge the host's address on the network
  public record Place(Ip address, int prefixLength, Ip gateway) {}

  /// Its address, the IPv4 one if it has both.
  public Ip address() {
    return places.getFirst().address();
  }

  public List<Ip> addresses() {
    return places.stream().map(Place::address).toList();
  }

  public Optional<Place> ipv4() {
    return places.stream().filter(place -> !place.address().isIpv6()).findFirst();
  }

  public Optional<Place> ipv6() {
    return places.stream().filter(place -> place.address().isIpv6()).findFirst();
  }

  /// The same for a container that is called `name`.
  Endpoint withName(String name) {
    var others = new ArrayList<>(names);
    others.set(0, name);
    return new Endpoint(networkId, networkName, interfaceName, places, mac, others);
  }
}
