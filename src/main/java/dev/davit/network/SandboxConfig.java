package dev.davit.network;

import java.util.List;

/// What a caller wants of a container's network namespace.
///
/// @param id of the container; the first 12 digits of it are a name of every endpoint
/// @param name of the container; also a name of every endpoint
/// @param hostnames by which only the container itself finds itself
/// @param endpoints empty for a namespace with nothing but loopback
/// @param ports published from the network that has the default route; none if there is no such
public record SandboxConfig(
    String id,
    String name,
    List<String> hostnames,
    List<EndpointConfig> endpoints,
    List<PortBinding> ports,
    DnsConfig dns) {
  public SandboxConfig {
    hostnames = List.copyOf(hostnames);
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
  }
}
