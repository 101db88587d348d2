import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The door of the shop: one page, made of what the services behind it say.
class Gateway {
  private static final String CATALOG = url("CATALOG", "http://catalog:7001");
  private static final String ORDERS = url("ORDERS", "http://orders:7002");

  private static String url(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", Gateway::page);
    server.createContext("/order", Gateway::order);
    server.createContext("/health", Gateway::health);
    server.start();
    System.out.println("gateway: listening on port " + port);
  }

  private static void page(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/")) {
      answer(exchange, 404, "there is only one page: /\n");
      return;
    }
    Answer visit = ask("POST", ORDERS + "/visit", "");
    Answer goods = ask("GET", CATALOG + "/", "");
    Answer kept = ask("GET", ORDERS + "/", "");
    Map<String, String> store =
        kept.status() != 200
            ? Map.of()
            : kept.text()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    String orders =
        store.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("order."))
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey().substring(6) + "  " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    boolean open = visit.status() == 200 && goods.status() == 200 && kept.status() == 200;
    answer(
        exchange,
        open ? 200 : 503,
        """
        The shop is %s.

        Catalogue, from %s
        %s
        Orders, from %s
        %s
        Visit %s. The store has started %s times.

        To order: curl -d tea localhost:8080/order
        """
            .formatted(
                open ? "open" : "closed",
                goods.from(),
                goods.text().indent(2),
                kept.from(),
                (kept.status() != 200 ? kept.text() : orders.isEmpty() ? "none\n" : orders)
                    .indent(2),
                visit.text().strip(),
                store.getOrDefault("starts", "?")));
  }

  private static void order(HttpExchange exchange) throws IOException {
    String item = new String(exchange.getRequestBody().readAllBytes());
    Answer order = ask("POST", ORDERS + "/order", item);
    answer(
        exchange,
        order.status(),
        order.status() == 200 ? "order %s: %s\n".formatted(order.text().strip(), item) : order.text());
  }

  /// Healthy means that the whole shop is: a page would be shown.
  private static void health(HttpExchange exchange) throws IOException {
    boolean open =
        ask("GET", CATALOG + "/health", "").status() == 200
            && ask("GET", ORDERS + "/health", "").status() == 200;
    answer(exchange, open ? 200 : 503, open ? "open\n" : "closed\n");
  }

  private record Answer(int status, String from, String text) {}

  private static Answer ask(String method, String url, String body) {
    try {
      var request = (HttpURLConnection) URI.create(url).toURL().openConnection();
      request.setConnectTimeout(2000);
      request.setReadTimeout(5000);
      request.setRequestMethod(method);
      if (!body.isEmpty()) {
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes());
      }
      int status = request.getResponseCode();
      var in = status < 400 ? request.getInputStream() : request.getErrorStream();
      String text = in == null ? "" : new String(in.readAllBytes());
      return new Answer(status, request.getHeaderField("X-Answered-By"), text);
    } catch (IOException e) {
      return new Answer(503, "nobody", e + "\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
