import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the shop sells. Has two replicas; each answer says which one gave it.
class Catalog {
  private static final String GOODS =
      """
      tea      4.20
      teapot  31.00
      honey    6.50
      """;

  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7001;
    String me = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = GOODS.getBytes();
          exchange.getResponseHeaders().set("X-Answered-By", me);
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
          System.out.println("catalog: " + exchange.getRequestURI());
        });
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("catalog: listening on port " + port);
  }
}
