package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.cli.audit.AuditEntry;
import dev.davit.cli.audit.AuditLog;
import dev.davit.cli.audit.Caller;
import dev.davit.client.Frame;
import dev.davit.client.FrameChannel;
import dev.davit.client.Hello;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.shell.core.command.annotation.Command;

/// The engine's end of a connection, spoken to in frames.
@Timeout(20)
class ConnectionTest {
  @TempDir Path directory;
  private final Commands commands = new Commands();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private ServerSocketChannel socket;

  static final class Commands {
    final CompletableFuture<Signal> signal = new CompletableFuture<>();
    final CompletableFuture<Void> go = new CompletableFuture<>();

    @Command(name = "cat")
    void cat(Session session) throws IOException {
      session.in().transferTo(session.out());
    }

    @Command(name = "wait")
    int await(Session session) {
      session.onSignal(signal::complete);
      session.note("ready");
      return signal.join().exitCode();
    }

    @Command(name = "hang")
    void hang(Session session) throws InterruptedException {
      session.note("ready");
      new CountDownLatch(1).await();
    }

    @Command(name = "late")
    void late(Session session) {
      session.note("ready");
      go.join();
      session.onSignal(signal::complete);
    }

    @Command(name = "size")
    void size(Session session) {
      try (var _ = session.raw()) {
        session.println(session.size().toString());
      }
    }
  }

  private Optional<Caller> caller = Optional.of(new Caller(7, 0, "root", "anna"));
  private AuditLog audit;

  @BeforeEach
  void serve() throws IOException {
    Path path = directory.resolve("engine.sock");
    audit = new AuditLog(directory.resolve("audit.log"), 1 << 20);
    socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    var server =
        new SessionServer(
            new CommandLine(Catalogue.of(List.of(commands), Map.of())),
            "b1",
            stopped::countDown,
            _ -> caller,
            audit);
    Thread.ofVirtual().start(() -> server.serve(socket));
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    audit.close();
  }

  @Test
  void eachCommandIsNotedWithoutItsSecrets() throws IOException {
    try (var client = call("b1", "wait", "--password", "hunter2")) {
      next(client);
    }
    AuditEntry entry = audit.entries().getFirst();
    assertEquals(List.of("wait", "--password", "•••"), entry.command());
    assertEquals("root", entry.user());
    assertEquals("anna", entry.login());
    assertEquals(7, entry.pid());
  }

  @Test
  void whoMayNotComeInIsNotAnswered() throws IOException {
    caller = Optional.empty();
    assertThrows(
        IOException.class,
        () -> {
          try (var client = call("b1", "wait")) {
            next(client);
          }
        });
    assertEquals(List.of(), audit.entries());
  }

  @Test
  void stdinIsAskedForAndCreditedAsItIsConsumed() throws IOException {
    try (var client = call("b1", "cat")) {
      assertEquals("C 65536", next(client));
      client.send(Frame.INPUT, "hello".getBytes(StandardCharsets.UTF_8));
      assertEquals("C 5", next(client));
      assertEquals("O hello", next(client));
      client.send(Frame.END_OF_INPUT);
      assertEquals("X 0", next(client));
    }
  }

  @Test
  void aSignalReachesTheCommand() throws IOException {
    try (var client = call("b1", "wait")) {
      assertEquals("R ready\n", next(client));
      client.send(Frame.SIGNAL, 15);
      assertEquals("X 143", next(client));
      assertEquals(Signal.TERM, commands.signal.join());
    }
  }

  @Test
  void aSignalThatTheCommandDoesNotHandleEndsTheSession() throws IOException {
    try (var client = call("b1", "hang")) {
      assertEquals("R ready\n", next(client));
      client.send(Frame.SIGNAL, 2);
      assertEquals("X 130", next(client));
    }
  }

  @Test
  void aCommandHearsLaterOfTheSignalThatHasEndedItsSession() throws IOException {
    try (var client = call("b1", "late")) {
      assertEquals("R ready\n", next(client));
      client.send(Frame.SIGNAL, 2);
      assertEquals("X 130", next(client));
      commands.go.complete(null);
      assertEquals(Signal.INT, commands.signal.join());
    }
  }

  @Test
  void aClientThatGoesAwayHangsUp() throws IOException {
    try (var client = call("b1", "wait")) {
      assertEquals("R ready\n", next(client));
    }
    assertEquals(Signal.HUP, commands.signal.join());
  }

  @Test
  void rawModeAndSizeAreAskedOfTheClient() throws IOException {
    try (var client = call("b1", "size")) {
      assertEquals("M 1", next(client));
      assertEquals("Z", next(client));
      client.send(Frame.SIZE, 120, 40);
      assertEquals("O Size[columns=120, rows=40]\n", next(client));
      assertEquals("M 0", next(client));
      assertEquals("X 0", next(client));
    }
  }

  @Test
  void aClientOfAnotherBuildIsTurnedAway() throws IOException {
    try (var client = call("b2", "cat")) {
      assertEquals("B", next(client));
      assertThrows(EOFException.class, client::read);
    }
  }

  @Test
  void stopStopsTheEngine() throws Exception {
    try (var client = connect()) {
      client.send(Frame.STOP);
      stopped.await();
    }
  }

  @Test
  void helloKeepsEveryWord() throws IOException {
    var hello =
        new Hello("b", List.of("a b", "", "ü"), "/x", Map.of("K", "v\nw"), 5, Map.of("x", ""));
    assertEquals(hello, Hello.decode(hello.encode()));
    assertThrows(IOException.class, () -> Hello.decode(new byte[] {0, 0, 9, 9}));
  }

  private FrameChannel connect() throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(directory.resolve("engine.sock")));
    return new FrameChannel(channel);
  }

  private FrameChannel call(String build, String... argv) throws IOException {
    FrameChannel client = connect();
    var hello = new Hello(build, List.of(argv), "/", Map.of(), 0, Map.of());
    client.send(Frame.HELLO, hello.encode());
    return client;
  }

  private static String next(FrameChannel client) throws IOException {
    Frame frame = client.read();
    return switch (frame.type()) {
      case Frame.OUTPUT, Frame.ERROR -> (char) frame.type() + " " + frame.text();
      case Frame.CREDIT, Frame.MODE, Frame.EXIT -> (char) frame.type() + " " + frame.number(0);
      default -> String.valueOf((char) frame.type());
    };
  }
}
