package dev.davit.cli;

import dev.davit.cli.audit.AuditLog;
import dev.davit.cli.audit.Caller;
import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import dev.davit.client.Hello;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes clients from the engine's socket and gives each that may come in a [Connection].
public final class SessionServer {
  private static final Logger LOG = LoggerFactory.getLogger(SessionServer.class);

  private static final long LARGE_HEAP = 128 << 20;

  // One that does not read is not waited for.
  private static final Duration GOODBYE = Duration.ofMillis(200);

  private final Set<FrameChannel> clients = ConcurrentHashMap.newKeySet();
  private final CommandLine commands;
  private final String build;
  private final Runnable stop;
  private final Door door;
  private final AuditLog audit;

  /// @param build the engine's build; clients of another one are turned away
  /// @param stop ends the engine
  /// @param door who may come in
  public SessionServer(
      CommandLine commands, String build, Runnable stop, Door door, AuditLog audit) {
    this.commands = commands;
    this.build = build;
    this.stop = stop;
    this.door = door;
    this.audit = audit;
  }

  /// Serves clients until `socket` is closed.
  public void serve(ServerSocketChannel socket) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::sayGoodbye, "say goodbye"));
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
      Optional<Caller> caller = door.admit(socket);
      if (caller.isEmpty()) {
        return;
      }
      Frame first = client.read();
      switch (first.type()) {
        case Frame.STOP -> {
          audit.asked(caller.get(), List.of("engine", "stop"));
          stopAndWait();
        }
        case Frame.HELLO -> greet(client, Hello.decode(first.payload()), caller.get());
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

  private void greet(FrameChannel client, Hello hello, Caller caller) throws IOException {
    if (hello.build().equals(build)) {
      clients.add(client);
      try {
        new Connection(client).serve(hello, commands, words -> witness(caller, words));
      } finally {
        clients.remove(client);
      }
    } else {
      client.send(Frame.OTHER_BUILD);
    }
  }

  // The shell asks for completions at each Tab.
  private void witness(Caller caller, List<String> words) {
    if (!words.contains(CompletionCommands.ASK)) {
      audit.asked(caller, words);
    }
  }

  /// The engine has been asked to end, and does not crash: clients make a difference.
  private void sayGoodbye() {
    List<Thread> told =
        clients.stream().map(client -> Thread.ofVirtual().start(() -> sayGoodbye(client))).toList();
    try {
      for (Thread each : told) {
        each.join(GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sayGoodbye(FrameChannel client) {
    try {
      client.send(Frame.ENDING);
    } catch (IOException gone) {
      // So it need not be told.
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
