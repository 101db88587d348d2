package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Function;

/// A published port with a socket on the host that nobody reads: it keeps others from the port, and
/// the port in sight of ss(8). Packets are turned to the container before they get there.
record HeldPort(PublishedPort port, Channel socket) implements AutoCloseable {
  private static final int BACKLOG = 1;

  /// Takes the first free port of `binding`. Throws `CONFLICT`, naming the holder, if there is
  /// none, and `INVALID` if the address is not one of this host.
  ///
  /// @param holder who holds a port, as it reads behind "by", for the message
  static HeldPort take(PortBinding binding, Function<PublishedPort, String> holder) {
    BindException refusal = new BindException();
    for (int port = binding.hostPort(); port <= binding.hostPortEnd(); port++) {
      try {
        return bind(at(binding, port));
      } catch (BindException e) {
        refusal = e;
      } catch (IOException e) {
        throw new DavitException(Kind.INTERNAL, at(binding, port).print() + ": " + e, null, e);
      }
    }
    throw refused(binding, refusal, holder).about(new Culprit(Part.PORT, binding.print()));
  }

  /// Takes a port that an earlier engine had published.
  static HeldPort retake(PublishedPort port) throws IOException {
    return bind(port);
  }

  /// Whether `other` cannot be bound beside this one.
  boolean blocks(PublishedPort other) {
    return port.hostPort() == other.hostPort()
        && port.protocol().equals(other.protocol())
        && (port.hostIp().isEmpty()
            || other.hostIp().isEmpty()
            || port.hostIp().equals(other.hostIp()));
  }

  private static PublishedPort at(PortBinding binding, int port) {
    return new PublishedPort(binding.hostIp(), port, binding.containerPort(), binding.protocol());
  }

  private static HeldPort bind(PublishedPort wanted) throws IOException {
    String host = wanted.hostIp().isEmpty() ? "0.0.0.0" : wanted.hostIp();
    var address = new InetSocketAddress(Ipv4.parse(host).toInet(), wanted.hostPort());
    Channel socket =
        wanted.protocol().equals("tcp")
            ? ServerSocketChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      int port =
          switch (socket) {
            case ServerSocketChannel tcp -> listen(tcp, address);
            case DatagramChannel udp -> localPort(udp.bind(address));
            default -> throw new IllegalStateException();
          };
      return new HeldPort(
          new PublishedPort(wanted.hostIp(), port, wanted.containerPort(), wanted.protocol()),
          socket);
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
      PortBinding binding, BindException refusal, Function<PublishedPort, String> holder) {
    PublishedPort first = at(binding, binding.hostPort());
    if (String.valueOf(refusal.getMessage()).contains("Cannot assign")) {
      return new DavitException(
          Kind.INVALID,
          "address \"" + binding.hostIp() + "\" of a published port is none of this host",
          "publish the port on an address that \"ip address\" lists, or on all");
    }
    String range =
        binding.hostPortEnd() > binding.hostPort()
            ? "ports %d-%d/%s are all in use, "
                .formatted(binding.hostPort(), binding.hostPortEnd(), binding.protocol())
            : "";
    String verb = range.isEmpty() ? " is already in use by " : " by ";
    return new DavitException(
        Kind.CONFLICT,
        range + (range.isEmpty() ? "port " : "") + first.print() + verb + holder.apply(first),
        "stop that, or publish another host port",
        refusal);
  }

  @Override
  public void close() {
    Resolver.close(socket);
  }
}
