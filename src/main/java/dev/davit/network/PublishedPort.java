package dev.davit.network;

/// A port of a container that is reachable on the host.
///
/// @param hostIp an IPv4 address of the host, empty for all
/// @param protocol `tcp` or `udp`
public record PublishedPort(String hostIp, int hostPort, int containerPort, String protocol) {
  /// As ports are named in messages: `8080/tcp` or `127.0.0.1:8080/tcp`.
  public String print() {
    return (hostIp.isEmpty() ? "" : hostIp + ":") + hostPort + "/" + protocol;
  }
}
