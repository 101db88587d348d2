package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Set;

/// A port of a container that shall be reachable on the host.
///
/// @param hostIp an address of the host, `0.0.0.0` for all of IPv4, `::` for all of IPv6, empty for
///   all
/// @param hostPort 0 lets the kernel choose
/// @param hostPortEnd the first free port from `hostPort` to this one is taken
/// @param protocol `tcp`, `udp` or `sctp`
public record PortBinding(
    String hostIp, int hostPort, int hostPortEnd, int containerPort, String protocol) {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

  public PortBinding {
    if (!hostIp.isEmpty()) {
      hostIp = Ip.parse(hostIp).toString();
    }
    if (hostPort < 0 || hostPortEnd < hostPort || hostPortEnd > 65535) {
      throw invalid("host port \"" + hostPort + "-" + hostPortEnd + "\"");
    }
    if (containerPort < 1 || containerPort > 65535) {
      throw invalid("container port \"" + containerPort + "\"");
    }
    if (!PROTOCOLS.contains(protocol)) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "protocol \"" + protocol + "\" of a published port",
          "use tcp, udp or sctp");
    }
  }

  /// `hostPort` of all the host's addresses; 0 lets the kernel choose.
  public static PortBinding tcp(int hostPort, int containerPort) {
    return new PortBinding("", hostPort, hostPort, containerPort, "tcp");
  }

  boolean onIpv4() {
    return hostIp.indexOf(':') < 0;
  }

  boolean onIpv6() {
    return hostIp.isEmpty() || hostIp.indexOf(':') >= 0;
  }

  PortBinding at(String otherIp) {
    return new PortBinding(otherIp, hostPort, hostPortEnd, containerPort, protocol);
  }

  /// `[IP:]PORT[-PORT]/PROTOCOL` of the host.
  String print() {
    String end = hostPortEnd > hostPort ? "-" + hostPortEnd : "";
    return PublishedPort.print(hostIp) + hostPort + end + "/" + protocol;
  }

  private static DavitException invalid(String what) {
    return new DavitException(Kind.INVALID, what + " is not between 1 and 65535");
  }
}
