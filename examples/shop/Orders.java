import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Takes orders and counts visits; keeps nothing itself, all of it is in the store.
class Orders {
  private static final String STORE =
      Optional.ofNullable(System.getenv("STORE")).orElse("http://store:7000");

  private final String me;

  private Orders(String me) {
    this.me = me;
  }

  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7002;
    var orders = new Orders(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", orders::list);
    server.createContext("/order", orders::order);
    server.createContext("/visit", orders::visit);
    server.createContext("/health", orders::health);
    server.start();
    System.out.println("orders: listening on port " + port);
  }

  private void list(HttpExchange exchange) throws IOException {
    answer(exchange, ask("GET", "/", ""));
  }

  private void order(HttpExchange exchange) throws IOException {
    String item = new String(exchange.getRequestBody().readAllBytes()).strip();
    if (!item.matches("[a-z ]{1,40}")) {
      answer(exchange, new Answer(400, "an item is a word like tea\n"));
      return;
    }
    Answer number = ask("POST", "/orders", "");
    Answer kept =
        number.status() == 200
            ? ask("PUT", "/order.%04d".formatted(Long.parseLong(number.text().strip())), item)
            : number;
    System.out.println("orders: " + item + ", number " + number.text().strip());
    answer(exchange, kept.status() == 200 ? number : kept);
  }

  private void visit(HttpExchange exchange) throws IOException {
    answer(exchange, ask("POST", "/visits", ""));
  }

  private void health(HttpExchange exchange) throws IOException {
    answer(exchange, ask("GET", "/health", ""));
  }

  private record Answer(int status, String text) {}

  private static Answer ask(String method, String path, String body) {
    try {
      var request = (HttpURLConnection) URI.create(STORE + path).toURL().openConnection();
      request.setConnectTimeout(2000);
      request.setReadTimeout(2000);
      request.setRequestMethod(method);
      if (!body.isEmpty()) {
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes());
      }
      int status = request.getResponseCode();
      var in = status < 400 ? request.getInputStream() : request.getErrorStream();
      return new Answer(status, in == null ? "" : new String(in.readAllBytes()));
    } catch (IOException e) {
      return new Answer(503, "the store does not answer: " + e.getMessage() + "\n");
    }
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.text().getBytes();
    exchange.getResponseHeaders().set("X-Answered-By", me);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
