package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A network of a project.
///
/// @param key what the services call it
/// @param name what it is called on the machine
/// @param external whether it must already be there and stays
/// @param internal whether it leads nowhere else
/// @param ipamDriver who gives addresses
/// @param ipv4 whether it has IPv4 addresses; absent means yes
/// @param ipv6 whether it has IPv6 addresses; absent means no
/// @param configHash changes with all that makes it what it is
public record NetworkDefinition(
    String key,
    String name,
    boolean external,
    String driver,
    Map<String, String> driverOpts,
    boolean internal,
    boolean attachable,
    List<Ipam> ipam,
    Optional<String> ipamDriver,
    Map<String, String> ipamOptions,
    Optional<Boolean> ipv4,
    Optional<Boolean> ipv6,
    Map<String, String> labels,
    ConfigHash configHash) {

  /// Addresses wanted for the network.
  ///
  /// @param subnet CIDR
  /// @param ipRange CIDR inside the subnet that addresses are given from
  /// @param auxAddresses addresses in use by others, by host name
  public record Ipam(
      Optional<String> subnet,
      Optional<String> ipRange,
      Optional<String> gateway,
      Map<String, String> auxAddresses) {}
}
