package dev.davit.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;

/// A registry that answers as a test wants, which a real one would not.
final class ScriptedRegistry implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /// What answers a request; whatever it leaves open is closed.
  interface Script {
    /// @param number how many requests with that method and path came before
    void answer(HttpExchange exchange, int number) throws IOException;
  }

  ScriptedRegistry(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
          int number;
          synchronized (asked) {
            number = Collections.frequency(asked, what);
            asked.add(what);
          }
          try (exchange) {
            script.answer(exchange, number);
          }
        });
    server.start();
  }

  String domain() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Method and path of each request.
  List<String> asked() {
    return List.copyOf(asked);
  }

  /// Answers with a body, whose length is said.
  static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /// Answers with a body in chunks: nothing says how long it is.
  static void chunks(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
