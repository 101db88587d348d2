package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service on one network.
///
/// @param aliases further names besides the service's and the container's
/// @param interfaceName name of the interface inside the container
/// @param priority connects in this order, highest first
/// @param linkLocalAddresses further addresses that are not routed
/// @param gatewayPriority the network with the highest is the default route
public record ServiceNetwork(
    List<String> aliases,
    Optional<String> ipv4Address,
    Optional<String> ipv6Address,
    Optional<String> macAddress,
    Optional<String> interfaceName,
    int priority,
    int gatewayPriority,
    List<String> linkLocalAddresses,
    Map<String, String> driverOpts) {
  public static final ServiceNetwork DEFAULT =
      new ServiceNetwork(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          List.of(),
          Map.of());
}
