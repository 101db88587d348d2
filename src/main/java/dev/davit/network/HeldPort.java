package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A published port with a socket on the host: it keeps others from the port, and the port in sight
/// of ss(8). Packets are turned to the container before they get there.
///
/// @param ports the same one on IPv4, on IPv6 or on both
/// @param socket none for SCTP, which the JDK does not speak: there only the engine's own
///   containers are kept apart
record HeldPort(List<PublishedPort> ports, Optional<Channel> socket) implements AutoCloseable {
  private static final int BACKLOG = 128;

  /// Takes the first free port of `binding`. Throws `CONFLICT`, naming the holder, if there is
  /// none, and `INVALID` if the address is not one of this host.
  ///
  /// @param ips `""` for all of IPv4, `::` for all of IPv6, or an address
  /// @param holder which container holds a port, as it reads behind "by", for the message
  static HeldPort take(
      PortBinding binding, List<String> ips, Function<PublishedPort, Optional<String>> holder) {
    BindException refusal = new BindException();
    for (int port = binding.hostPort(); port <= binding.hostPortEnd(); port++) {
      List<PublishedPort> wanted = at(binding, ips, port);
      if (port > 0 && wanted.stream().anyMatch(one -> holder.apply(one).isPresent())) {
        continue;
      }
      try {
        return bind(wanted);
      } catch (BindException e) {
        refusal = e;
      } catch (IOException e) {
        throw new DavitException(Kind.INTERNAL, binding.print() + ": " + e, null, e);
      }
    }
    throw refused(binding, at(binding, ips, binding.hostPort()).getFirst(), refusal, holder)
        .about(new Culprit(Part.PORT, binding.print()));
  }

  /// Takes a port that an earlier engine had published.
  static HeldPort retake(List<PublishedPort> ports) throws IOException {
    return bind(ports);
  }

  /// Whether `other` cannot be bound beside this one.
  boolean blocks(PublishedPort other) {
    return ports.stream().anyMatch(port -> port.blocks(other));
  }

  /// The socket that connections to `::1` arrive at.
  Optional<ServerSocketChannel> forLoopback() {
    return socket
        .filter(_ -> ports.stream().anyMatch(PublishedPort::isOnIpv6Loopback))
        .flatMap(it -> it instanceof ServerSocketChannel tcp ? Optional.of(tcp) : Optional.empty());
  }

  private static List<PublishedPort> at(PortBinding binding, List<String> ips, int port) {
    return ips.stream()
        .map(ip -> new PublishedPort(ip, port, binding.containerPort(), binding.protocol()))
        .toList();
  }

  private static HeldPort bind(List<PublishedPort> wanted) throws IOException {
    PublishedPort last = wanted.getLast();
    if (last.protocol().equals("sctp")) {
      return new HeldPort(wanted, Optional.empty());
    }
    // A socket on all of IPv6 is one on all of IPv4 too.
    ProtocolFamily family =
        last.isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    InetAddress host =
        last.hostIp().isEmpty() ? new Ipv4(0).toInet() : Ip.parse(last.hostIp()).toInet();
    var address = new InetSocketAddress(host, last.hostPort());
    Channel socket =
        last.protocol().equals("tcp")
            ? ServerSocketChannel.open(family)
            : DatagramChannel.open(family);
    try {
      int port =
          switch (socket) {
            case ServerSocketChannel tcp -> listen(tcp, address);
            case DatagramChannel udp -> localPort(udp.bind(address));
            default -> throw new IllegalStateException();
          };
      return new HeldPort(
          wanted.stream()
              .map(it -> new PublishedPort(it.hostIp(), port, it.containerPort(), it.protocol()))
              .toList(),
          Optional.of(socket));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static int listen(ServerSocketChannel tcp, InetSocketAddress address) throws IOException {
    // Connections of an earlier holder that linger in TIME_WAIT are no conflict.
    tcp.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    tcp.bind(address, BACKLOG);
    return ((InetSocketAddress) tcp.getLocalAddress()).getPort();
  }

  private static int localPort(DatagramChannel udp) throws IOException {
    return ((InetSocketAddress) udp.getLocalAddress()).getPort();
  }

  private static DavitException refused(
      PortBinding binding,
      PublishedPort first,
      BindException refusal,
      Function<PublishedPort, Optional<String>> holder) {
    if (String.valueOf(refusal.getMessage()).contains("Cannot assign")) {
      return new DavitException(
          Kind.INVALID,
          "address \"" + first.hostIp() + "\" of a published port is none of this host",
          "publish the port on an address that \"ip address\" lists, or on all");
    }
    String range =
        binding.hostPortEnd() > binding.hostPort()
            ? "ports %d-%d/%s are all in use, "
                .formatted(binding.hostPort(), binding.hostPortEnd(), binding.protocol())
            : "";
    String verb = range.isEmpty() ? " is already in use by " : " by ";
    String who = holder.apply(first).orElseGet(() -> PortHolder.of(first));
    return new DavitException(
        Kind.CONFLICT,
        range + (range.isEmpty() ? "port " : "") + first.print() + verb + who,
        "stop that, or publish another host port",
        refusal);
  }

  @Override
  public void close() {
    socket.ifPresent(Resolver::close);
  }
}
