package dev.davit.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Carries TCP connections to `::1` to containers. Packets of IPv6 loopback cannot be turned, since
/// no answer finds back: the kernel has a route_localnet for IPv4 only. So they reach the sockets
/// that hold the ports, where all others never arrive.
final class Relays {
  private static final System.Logger LOG = System.getLogger(Relays.class.getName());
  private static final int MOST_CONNECTIONS = 1024;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int CHUNK = 16 * 1024;

  private final Resolver loop;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Map<HeldPort, Set<SocketChannel>> open = new ConcurrentHashMap<>();

  /// @param loop waits for connections to come; it opens the sockets to the containers too, as they
  ///   must be of its network namespace
  Relays(Resolver loop) {
    this.loop = loop;
  }

  /// Carries what comes to `port`, until it is released, to where `target` says at that time.
  void serve(HeldPort port, Supplier<Optional<InetSocketAddress>> target) {
    port.forLoopback()
        .ifPresent(
            socket -> {
              open.put(port, ConcurrentHashMap.newKeySet());
              loop.watch(socket, SelectionKey.OP_ACCEPT, _ -> accept(port, socket, target));
            });
  }

  /// Closes `ports` and the connections to them; others can have the ports when it returns.
  void release(List<HeldPort> ports) {
    ports.forEach(HeldPort::close);
    if (ports.stream().anyMatch(open::containsKey)) {
      loop.forgetClosed();
    }
    for (HeldPort port : ports) {
      Optional.ofNullable(open.remove(port)).ifPresent(all -> all.forEach(Relays::reset));
    }
  }

  private void accept(
      HeldPort port, ServerSocketChannel held, Supplier<Optional<InetSocketAddress>> target)
      throws IOException {
    SocketChannel client = held.accept();
    if (client == null) {
      return;
    }
    Optional<InetSocketAddress> to = target.get();
    Set<SocketChannel> connections = open.get(port);
    if (to.isEmpty() || connections == null || !free.tryAcquire()) {
      reset(client);
      return;
    }
    try {
      SocketChannel server = SocketChannel.open();
      connections.add(client);
      connections.add(server);
      Thread.ofVirtual()
          .name("relay")
          .start(
              () -> {
                try {
                  carry(client, server, to.get());
                } finally {
                  connections.remove(client);
                  connections.remove(server);
                  free.release();
                }
              });
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "connection to {0}: {1}", to.get(), e);
      reset(client);
      free.release();
    }
  }

  private static void carry(SocketChannel client, SocketChannel server, InetSocketAddress to) {
    try {
      server.socket().connect(to, PATIENCE_MILLIS);
      Thread answers = Thread.ofVirtual().name("relay").start(() -> copy(server, client));
      copy(client, server);
      answers.join();
      Resolver.close(client);
      Resolver.close(server);
    } catch (IOException e) {
      reset(client);
      reset(server);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One direction, to its end: who only says nothing more still hears.
  private static void copy(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(CHUNK);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    Resolver.close(channel);
  }
}
