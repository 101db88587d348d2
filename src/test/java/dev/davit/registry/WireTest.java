package dev.davit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.davit.registry.site.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final Clients clients = new Clients();
  private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(20));
  private HttpServer server;
  private URI uri;
  private Wire wire;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/");
    var backoff = new Backoff(3, Duration.ofMillis(100), () -> 1);
    var means = new Wire.Means(clients, watchdog, backoff, pauses::add, Clock.systemUTC());
    wire =
        new Wire(means, new Boundary(Origin.of(uri), Set.of(), Boundary.Names.SYSTEM), Tls.USUAL);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    clients.close();
    watchdog.close();
  }

  private void send() {
    wire.send(Call.of("GET", uri), Optional.empty()).close();
  }

  @Test
  void whereNobodyListensNobodyIsAskedAgain() {
    server.stop(0);
    assertThrows(RegistryException.class, this::send);
    assertEquals(List.of(), pauses);
  }

  @Test
  void whoHasAnsweredMayComeBack() {
    send();
    server.stop(0);
    assertThrows(RegistryException.class, this::send);
    assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200)), pauses);
  }
}
