package dev.davit.cli;

import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import dev.davit.client.Hello;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes clients from the engine's socket and gives each a [Connection]. Only the engine's own user
/// may talk to it.
public final class SessionServer {
  private static final Logger LOG = LoggerFactory.getLogger(SessionServer.class);

  private static final long LARGE_HEAP = 128 << 20;

  private final CommandLine commands;
  private final String build;
  private final Runnable stop;

  /// @param build the engine's build; clients of another one are turned away
  /// @param stop ends the engine
  public SessionServer(CommandLine commands, String build, Runnable stop) {
    this.commands = commands;
    this.build = build;
    this.stop = stop;
  }

  /// Serves clients until `socket` is closed.
  public void serve(ServerSocketChannel socket) {
    while (true) {
      try {
        SocketChannel client = socket.accept();
        Thread.ofVirtual().name("client").start(() -> serve(client));
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        LOG.warn("client not accepted", e);
      }
    }
  }

  private void serve(SocketChannel socket) {
    try (var client = new FrameChannel(socket)) {
      UnixDomainPrincipal peer = socket.getOption(ExtendedSocketOptions.SO_PEERCRED);
      if (!peer.user().equals(Files.getOwner(Path.of("/proc/self")))) {
        LOG.warn("client of user {} turned away", peer.user().getName());
        return;
      }
      Frame first = client.read();
      switch (first.type()) {
        case Frame.STOP -> stopAndWait();
        case Frame.HELLO -> greet(client, Hello.decode(first.payload()));
        default -> throw new IOException("first frame of type " + first.type());
      }
    } catch (EOFException gone) {
      // As every client ends.
    } catch (IOException e) {
      LOG.debug("client lost", e);
    } catch (RuntimeException | Error e) {
      LOG.error("client dropped", e);
    } finally {
      giveBack();
    }
  }

  private void greet(FrameChannel client, Hello hello) throws IOException {
    if (hello.build().equals(build)) {
      new Connection(client).serve(hello, commands);
    } else {
      client.send(Frame.OTHER_BUILD);
    }
  }

  /// A large project leaves a large heap behind, and only a collection gives it back to the
  /// machine; an idle engine has no cause for one.
  private static void giveBack() {
    if (Runtime.getRuntime().totalMemory() > LARGE_HEAP) {
      System.gc();
    }
  }

  /// The client waits until the kernel closes its connection, together with the process.
  private void stopAndWait() {
    stop.run();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
