package dev.davit.engine;

import dev.davit.network.DnsConfig;
import dev.davit.network.EndpointConfig;
import dev.davit.network.PortBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a container is seen by others and sees them.
///
/// @param mode what its network namespace is
/// @param container the container whose namespace it shares, with [Mode#CONTAINER]
/// @param endpoints the networks it joins, with [Mode#NETWORKS]
/// @param hostname its own short id where empty
/// @param extraHosts name to addresses for /etc/hosts; an address may be `host-gateway`
/// @param dns also for /etc/resolv.conf
public record Networking(
    Mode mode,
    Optional<String> container,
    List<EndpointConfig> endpoints,
    List<PortBinding> ports,
    Optional<String> hostname,
    Optional<String> domainname,
    Map<String, List<String>> extraHosts,
    DnsConfig dns) {
  /// Loopback only.
  public static final Networking NONE = of(Mode.NONE);

  public static final Networking HOST = of(Mode.HOST);

  public Networking {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    extraHosts = Map.copyOf(extraHosts);
  }

  private static Networking of(Mode mode) {
    return new Networking(
        mode,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        DnsConfig.HOST);
  }

  public static Networking ofContainer(String id) {
    return new Networking(
        Mode.CONTAINER,
        Optional.of(id),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        DnsConfig.HOST);
  }

  public static Networking ofNetworks(List<EndpointConfig> endpoints, List<PortBinding> ports) {
    return NONE.withEndpoints(endpoints, ports);
  }

  public Networking withEndpoints(List<EndpointConfig> endpoints, List<PortBinding> ports) {
    return new Networking(
        Mode.NETWORKS, container, endpoints, ports, hostname, domainname, extraHosts, dns);
  }

  public Networking withHostname(String hostname) {
    return new Networking(
        mode, container, endpoints, ports, Optional.of(hostname), domainname, extraHosts, dns);
  }

  public enum Mode {
    NONE,
    HOST,
    CONTAINER,
    NETWORKS
  }
}
