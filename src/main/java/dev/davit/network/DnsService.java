package dev.davit.network;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.xbill.DNS.Rcode;

/// The resolver of one container. All but [#asker] runs on the resolver's thread.
final class DnsService {
  private static final int LARGEST = 65535;
  private static final int MOST_FORWARDS = 256;
  private static final int MOST_CONNECTIONS = 64;
  private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(LARGEST);

  private final Resolver resolver;
  private final Namespace.DnsSockets sockets;
  private volatile Asker asker;
  private int forwards;
  private final Set<DnsConnection> connections = new HashSet<>();

  DnsService(Resolver resolver, Namespace.DnsSockets sockets, Asker asker) {
    this.resolver = resolver;
    this.sockets = sockets;
    this.asker = asker;
  }

  void asker(Asker now) {
    asker = now;
  }

  void start() {
    try {
      resolver.register(sockets.udp(), SelectionKey.OP_READ, key -> receive());
      resolver.register(sockets.tcp(), SelectionKey.OP_ACCEPT, key -> accept());
    } catch (IOException e) {
      close();
    }
  }

  void close() {
    Resolver.close(sockets.udp());
    Resolver.close(sockets.tcp());
    List.copyOf(connections).forEach(DnsConnection::close);
  }

  void closed(DnsConnection connection) {
    connections.remove(connection);
  }

  private void receive() throws IOException {
    BUFFER.clear();
    SocketAddress from = sockets.udp().receive(BUFFER);
    if (from != null) {
      byte[] query = bytes();
      answer(query, false, reply -> send(reply, from));
    }
  }

  private void send(byte[] reply, SocketAddress to) {
    try {
      sockets.udp().send(ByteBuffer.wrap(reply), to);
    } catch (IOException e) {
      // The container went away, or its buffer is full: it will ask again.
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = sockets.tcp().accept();
    if (channel == null || connections.size() == MOST_CONNECTIONS) {
      Resolver.close(channel);
      return;
    }
    var connection = new DnsConnection(resolver, channel, this);
    connections.add(connection);
    connection.start();
  }

  /// Answers `query` now or later; not at all if it is none.
  void answer(byte[] query, boolean tcp, Consumer<byte[]> reply) {
    switch (Answer.to(query, asker, resolver.names(), ThreadLocalRandom.current())) {
      case Answer.Silence() -> {}
      case Answer.Say say -> reply.accept(wire(say, tcp));
      case Answer.Forward() -> forward(query, tcp, reply);
    }
  }

  private void forward(byte[] query, boolean tcp, Consumer<byte[]> reply) {
    if (forwards == MOST_FORWARDS) {
      fail(query, tcp, reply);
      return;
    }
    forwards++;
    var servers = Upstream.servers(asker.servers());
    new DnsForward(
            resolver,
            new DnsForward.Question(query, tcp, servers),
            answer -> {
              forwards--;
              answer.ifPresentOrElse(reply, () -> fail(query, tcp, reply));
            })
        .start();
  }

  private static void fail(byte[] query, boolean tcp, Consumer<byte[]> reply) {
    if (Answer.failure(query, Rcode.SERVFAIL) instanceof Answer.Say say) {
      reply.accept(wire(say, tcp));
    }
  }

  private static byte[] wire(Answer.Say say, boolean tcp) {
    return tcp ? say.message().toWire(LARGEST) : say.datagram();
  }

  private static byte[] bytes() {
    BUFFER.flip();
    byte[] bytes = new byte[BUFFER.remaining()];
    BUFFER.get(bytes);
    return bytes;
  }
}
