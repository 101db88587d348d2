package dev.davit.network;

import java.util.List;
import java.util.Map;

/// What a caller wants of a network.
///
/// @param name unique among the networks of this engine
/// @param driver `bridge`
/// @param internal nothing gets out of it or into it
/// @param ipam empty, and a free subnet is chosen, or one subnet
/// @param options of the driver: `com.docker.network.driver.mtu` is honoured
public record NetworkConfig(
    String name,
    String driver,
    boolean internal,
    List<Subnet> ipam,
    Map<String, String> options,
    Map<String, String> labels) {
  public NetworkConfig {
    ipam = List.copyOf(ipam);
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }

  /// A bridge network on a free subnet.
  public static NetworkConfig bridge(String name) {
    return new NetworkConfig(name, "bridge", false, List.of(), Map.of(), Map.of());
  }
}
