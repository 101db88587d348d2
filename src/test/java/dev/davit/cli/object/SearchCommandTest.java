package dev.davit.cli.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.davit.cli.Catalogue;
import dev.davit.cli.TestSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against an HTTP server of its own.
class SearchCommandTest {
  private static final String RESULTS =
      """
      {"num_results": 3, "query": "redis", "results": [
        {"name": "redis", "description": "In memory,\\non one line", "star_count": 13000, "is_official": true},
        {"name": "me/redis", "description": "\\u001b[2Jan image with a description longer than anybody reads", "star_count": 7},
        {"name": "you/redis"}
      ]}
      """;

  @TempDir private Path here;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Catalogue catalogue = Catalogue.of(List.of(new SearchCommand()), Map.of());
  private HttpServer server;
  private int status = 200;
  private String answer = RESULTS;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/search",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    Files.writeString(
        here.resolve("registries.yaml"),
        "registries: {\"" + domain() + "\": {plain-http: true}}\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String domain() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private TestSession search(int code, String... words) {
    var argv = new ArrayList<>(List.of("search"));
    argv.addAll(List.of(words));
    var session = TestSession.in(here, Map.of("DAVIT_REGISTRIES", "registries.yaml"));
    assertEquals(code, session.run(catalogue, argv.toArray(String[]::new)), () -> session.err());
    return session;
  }

  @Test
  void resultsAreATableThatCannotHarmTheTerminal() {
    assertEquals(
        """
        NAME        DESCRIPTION                                 STARS   OFFICIAL
        redis       In memory, on one line                      13000   [OK]
        me/redis    an image with a description longer than …   7
        you/redis                                               0
        """,
        search(0, domain() + "/redis cache").out());
    assertEquals(List.of("/v1/search?q=redis+cache&n=25"), asked);
  }

  @Test
  void filtersAreDockers() {
    assertEquals(
        "redis\n",
        search(0, "--format", "{{.Name}}", "-f", "is-official=true", domain() + "/r").out());
    assertEquals(
        "redis\nme/redis\n",
        search(0, "--format", "{{.Name}}", "--filter", "stars=7", domain() + "/r").out());
    assertTrue(search(1, "-f", "stars=many", domain() + "/r").err().contains("invalid filter"));
    assertTrue(search(1, "-f", "colour=red", domain() + "/r").err().contains("unknown filter"));
  }

  @Test
  void limitIsAskedForAndKept() {
    assertEquals(
        "redis\n", search(0, "--limit", "1", "--format", "{{.Name}}", domain() + "/r").out());
    assertEquals(List.of("/v1/search?q=r&n=1"), asked);
    assertTrue(
        search(1, "--limit", "101", domain() + "/r")
            .err()
            .contains("limit 101 is outside the range of [1, 100]"));
  }

  @Test
  void jsonHasWholeDescriptionsWhereAskedFor() {
    assertTrue(
        search(0, "--format", "json", "--no-trunc", "-f", "stars=8", domain() + "/r")
            .out()
            .contains("\"IsOfficial\":\"true\""));
    assertTrue(
        search(0, "--no-trunc", domain() + "/r").out().contains("longer than anybody reads"));
  }

  @Test
  void aRegistryWithoutSearchSaysSo() {
    status = 404;
    String none = "registry \"" + domain() + "\" has no search";
    assertTrue(search(1, domain() + "/redis").err().contains(none));
    status = 200;
    answer = "<html>welcome</html>";
    assertTrue(search(1, domain() + "/redis").err().contains(none));
    answer = "{}";
    assertTrue(search(1, domain() + "/redis").err().contains(none));
    status = 500;
    assertTrue(search(1, domain() + "/redis").err().contains("answers 500"));
  }
}
