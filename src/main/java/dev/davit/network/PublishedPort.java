package dev.davit.network;

/// A port of a container that is reachable on the host.
///
/// @param hostIp an address of the host, empty for all of IPv4, `::` for all of IPv6
/// @param protocol `tcp`, `udp` or `sctp`
public record PublishedPort(String hostIp, int hostPort, int containerPort, String protocol) {
  static final String ALL_IPV4 = "";
  static final String ALL_IPV6 = "::";
  static final String IPV6_LOOPBACK = "::1";

  /// As ports are named in messages: `8080/tcp`, `127.0.0.1:8080/tcp` or `[::1]:8080/tcp`.
  public String print() {
    return print(hostIp) + hostPort + "/" + protocol;
  }

  /// `127.0.0.1:` or `[::1]:` in front of a port; nothing for all addresses.
  public static String print(String hostIp) {
    return hostIp.isEmpty() ? "" : (hostIp.indexOf(':') < 0 ? hostIp : "[" + hostIp + "]") + ":";
  }

  /// Whether all addresses of the host of its family lead to it.
  boolean everywhere() {
    return hostIp.equals(ALL_IPV4) || hostIp.equals(ALL_IPV6);
  }

  /// Whether `::1` leads to it.
  boolean isOnIpv6Loopback() {
    return hostIp.equals(ALL_IPV6) || hostIp.equals(IPV6_LOOPBACK);
  }

  boolean isIpv6() {
    return hostIp.indexOf(':') >= 0;
  }

  /// The protocol's number in /etc/protocols.
  int number() {
    return switch (protocol) {
      case "tcp" -> 6;
      case "udp" -> 17;
      case "sctp" -> 132;
      default -> throw new IllegalStateException(protocol);
    };
  }

  PublishedPort at(String otherIp) {
    return new PublishedPort(otherIp, hostPort, containerPort, protocol);
  }

  /// Whether `other` cannot be published beside this one.
  boolean blocks(PublishedPort other) {
    return hostPort == other.hostPort
        && protocol.equals(other.protocol)
        && isIpv6() == other.isIpv6()
        && (everywhere() || other.everywhere() || hostIp.equals(other.hostIp));
  }
}
