package dev.davit.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a caller wants of a container's place on a network.
///
/// @param network name or id
/// @param names under which the others on that network find it: service, container name, aliases
/// @param ipv4 a static address
/// @param ipv6 a static address
/// @param mac `02:42:0a:59:00:02`; made from the address if left out
/// @param interfaceName inside the container; the next free `ethN` if left out
/// @param priority higher ones get the lower `ethN`
/// @param gwPriority the network with the highest one has the default route
/// @param linkLocal further addresses that no gateway leads to
/// @param options as [EndpointOptions] knows them; others are ignored
public record EndpointConfig(
    String network,
    List<String> names,
    Optional<Ipv4> ipv4,
    Optional<Ipv6> ipv6,
    Optional<String> mac,
    Optional<String> interfaceName,
    int priority,
    int gwPriority,
    List<Ip> linkLocal,
    Map<String, String> options) {
  public EndpointConfig {
    names = List.copyOf(names);
    linkLocal = List.copyOf(linkLocal);
    options = Map.copyOf(options);
  }

  /// A place with everything chosen by the engine.
  public static EndpointConfig of(String network, List<String> names) {
    return new EndpointConfig(
        network,
        names,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        List.of(),
        Map.of());
  }

  /// The same place for another container, which is found by no name and has addresses of its own.
  public EndpointConfig unnamed() {
    return new EndpointConfig(
        network,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        interfaceName,
        priority,
        gwPriority,
        List.of(),
        options);
  }

  public EndpointConfig withNames(List<String> others) {
    return new EndpointConfig(
        network, others, ipv4, ipv6, mac, interfaceName, priority, gwPriority, linkLocal, options);
  }
}
