package dev.davit.network;

import java.util.List;
import java.util.Map;

/// What a caller wants of a network.
///
/// @param name unique among the networks of this engine
/// @param driver `bridge`, `macvlan` or `ipvlan`
/// @param internal nothing gets out of it or into it
/// @param ipv4 whether it has IPv4 addresses
/// @param ipv6 whether it has IPv6 addresses
/// @param ipam at most one subnet of each family; a free one is chosen where there is none
/// @param options of the driver, as [DriverOptions] knows them; others are ignored
public record NetworkConfig(
    String name,
    String driver,
    boolean internal,
    boolean ipv4,
    boolean ipv6,
    List<Subnet> ipam,
    Map<String, String> options,
    Map<String, String> labels) {
  public static final String BRIDGE = "bridge";

  public NetworkConfig {
    ipam = List.copyOf(ipam);
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  /// A bridge network on a free IPv4 subnet.
  public static NetworkConfig bridge(String name) {
    return new NetworkConfig(name, BRIDGE, false, true, false, List.of(), Map.of(), Map.of());
  }

  public NetworkConfig withDriver(String other) {
    return new NetworkConfig(name, other, internal, ipv4, ipv6, ipam, options, labels);
  }

  public NetworkConfig asInternal() {
    return new NetworkConfig(name, driver, true, ipv4, ipv6, ipam, options, labels);
  }

  public NetworkConfig withFamilies(boolean four, boolean six) {
    return new NetworkConfig(name, driver, internal, four, six, ipam, options, labels);
  }

  public NetworkConfig withIpam(Subnet... subnets) {
    return new NetworkConfig(name, driver, internal, ipv4, ipv6, List.of(subnets), options, labels);
  }

  public NetworkConfig withOptions(Map<String, String> others) {
    return new NetworkConfig(name, driver, internal, ipv4, ipv6, ipam, others, labels);
  }
}
