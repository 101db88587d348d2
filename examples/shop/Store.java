import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Keys and values in one file that only grows; what was answered with 200 is on the disk.
///
/// `GET /` all · `GET /KEY` one · `PUT /KEY` sets · `POST /KEY` adds one and gives the new number.
class Store {
  private final Map<String, String> values = new TreeMap<>();
  private final FileChannel log;

  private Store(Path file) throws IOException {
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args.length > 0 ? args[0] : "/data");
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 7000;
    var store = new Store(directory.resolve("log"));
    String starts = store.increment("starts");
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", store::handle);
    server.createContext("/health", exchange -> answer(exchange, 200, "healthy"));
    server.start();
    System.out.println("store: start number " + starts + ", listening on port " + port);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestURI().getPath().substring(1);
    switch (exchange.getRequestMethod()) {
      case "GET" -> {
        String found = key.isEmpty() ? all() : get(key);
        answer(exchange, found == null ? 404 : 200, found == null ? "" : found);
      }
      case "PUT" -> {
        String value = new String(exchange.getRequestBody().readAllBytes());
        if (key.isEmpty() || (key + value).matches("(?s).*[=\\r\\n].*")) {
          answer(exchange, 400, "a key and a value without = and line ends, please");
        } else {
          put(key, value);
          answer(exchange, 200, value);
        }
      }
      case "POST" -> answer(exchange, 200, increment(key));
      default -> answer(exchange, 405, "");
    }
  }

  private synchronized String all() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private synchronized String get(String key) {
    return values.get(key);
  }

  private synchronized String increment(String key) throws IOException {
    String next = String.valueOf(Long.parseLong(values.getOrDefault(key, "0")) + 1);
    put(key, next);
    return next;
  }

  private synchronized void put(String key, String value) throws IOException {
    var line = ByteBuffer.wrap((key + "=" + value + "\n").getBytes());
    while (line.hasRemaining()) {
      log.write(line);
    }
    log.force(false);
    values.put(key, value);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes();
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
