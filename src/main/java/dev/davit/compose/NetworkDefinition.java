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
public record NetworkDefinition(
    String key,
    String name,
    boolean external,
    String driver,
    Map<String, String> driverOpts,
    boolean internal,
    boolean attachable,
    List<Ipam> ipam,
    Map<String, String> labels) {

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
