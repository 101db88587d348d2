package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A port of a container that shall be reachable on the host.
///
/// @param hostIp an IPv4 address of the host, empty for all
/// @param hostPort 0 lets the kernel choose
/// @param hostPortEnd the first free port from `hostPort` to this one is taken
/// @param protocol `tcp` or `udp`
public record PortBinding(
    String hostIp, int hostPort, int hostPortEnd, int containerPort, String protocol) {
  public PortBinding {
    hostIp = hostIp.equals("0.0.0.0") ? "" : hostIp;
    if (!hostIp.isEmpty()) {
      Ipv4.parse(hostIp);
    }
    if (hostPort < 0 || hostPortEnd < hostPort || hostPortEnd > 65535) {
      throw invalid("host port \"" + hostPort + "-" + hostPortEnd + "\"");
    }
    if (containerPort < 1 || containerPort > 65535) {
      throw invalid("container port \"" + containerPort + "\"");
    }
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new DavitException(
          Kind.UNSUPPORTED, "protocol \"" + protocol + "\" of a published port", "use tcp or udp");
    }
  }

  /// `hostPort` of all the host's addresses; 0 lets the kernel choose.
  public static PortBinding tcp(int hostPort, int containerPort) {
    return new PortBinding("", hostPort, hostPort, containerPort, "tcp");
  }

  /// `[IP:]PORT[-PORT]/PROTOCOL` of the host.
  String print() {
    String ip = hostIp.isEmpty() ? "" : hostIp + ":";
    String end = hostPortEnd > hostPort ? "-" + hostPortEnd : "";
    return ip + hostPort + end + "/" + protocol;
  }

  private static DavitException invalid(String what) {
    return new DavitException(Kind.INVALID, what + " is not between 1 and 65535");
  }
}
