package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Health;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a file says of a service must be so in its containers.
@Kernel
@Timeout(120)
class AttributesScenario {
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private static final String APP =
      """
      name: app
      services:
        web:
          image: davit/host
          command: perl /srv/serve.pl
          volumes: ["./:/srv:ro"]
          ports: ["28190:8080"]
          depends_on: {words: {condition: service_healthy}}
          labels: {mine: "yes"}
          healthcheck: {test: [CMD, test, -e, /tmp/ready], interval: 100ms}
          networks: [lan]
        words:
          image: davit/host
          init: true
          command: sleep 1000
          healthcheck: {test: [CMD, "true"], interval: 100ms}
          networks: [lan]
      networks: {lan: {labels: {mine: "yes"}}}
      """;

  private static final String SERVER =
      """
      use IO::Socket::INET;
      $SIG{TERM} = sub { exit 0 };
      my $at = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die $!;
      open(my $ready, ">", "/tmp/ready") or die $!;
      while (my $caller = $at->accept()) {
        while (my $line = <$caller>) { last if $line =~ /^\\r?$/; }
        print $caller "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nhello";
        close $caller;
      }
      """;

  @Test
  @Intent("[compose] LocalComposeUp")
  void aWholeApplicationIsReachedSeenAndGone() throws Exception {
    checks.file(APP);
    Files.writeString(checks.project().resolve("serve.pl"), SERVER);
    checks.davit("up", "-d", "--wait").succeeds();
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:28190/")).build();
      assertEquals("hello", client.send(request, BodyHandlers.ofString()).body());
    }
    checks.davit("top").succeeds().says("serve.pl").says("sleep 1000");
    var labels = checks.container("app-web-1").config().labels();
    assertEquals("app", labels.get("com.docker.compose.project"));
    assertEquals("web", labels.get("com.docker.compose.service"));
    assertEquals("yes", labels.get("mine"));
    checks
        .davit("network", "inspect", "app_lan")
        .succeeds()
        .says("com.docker.compose.network")
        .says("mine");
    checks.davit("ps").succeeds().says("(healthy)");
    checks.davit("images").succeeds().says("davit/host");
    checks.davit("down", "web").succeeds();
    assertEquals(List.of("app-words-1"), checks.containers());
    checks.davit("down").succeeds();
    assertEquals(List.of(), checks.containers());
    assertEquals(List.of(), checks.networkNames());
  }

  private String ipc(String service) {
    return checks
        .davit("exec", "-T", service, "readlink", "/proc/self/ns/ipc")
        .succeeds()
        .out()
        .strip();
  }

  @Test
  @Intent("[ipc] IPC")
  void everyModeOfIpcIsThatOfTheContainer() throws Exception {
    checks.file(
        "name: outer\nservices: {a: {image: davit/host, init: true, command: sleep 1000, ipc: shareable, container_name: outside}}\n");
    checks.davit("up", "-d").succeeds();
    String outside = ipc("a");
    checks.file(
        """
        name: ipc
        services:
          other: {image: davit/host, init: true, command: sleep 1000, ipc: shareable}
          own: {image: davit/host, init: true, command: sleep 1000, ipc: private}
          by-service: {image: davit/host, init: true, command: sleep 1000, ipc: "service:other"}
          by-name: {image: davit/host, init: true, command: sleep 1000, ipc: "container:outside"}
          host: {image: davit/host, init: true, command: sleep 1000, ipc: host}
        """);
    checks.davit("up", "-d").succeeds();
    String shared = ipc("other");
    assertEquals(shared, ipc("by-service"));
    assertEquals(outside, ipc("by-name"));
    String host = Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")).toString();
    assertEquals(host, ipc("host"));
    assertEquals(4, Set.of(host, outside, shared, ipc("own")).size());
  }

  @Test
  @Intent("[healthcheck] StartInterval")
  void probesComeInTheStartIntervalWhileItStarts() throws Exception {
    String yaml =
        """
        services:
          web:
            image: davit/host
            init: true
            command: sleep 1000
            healthcheck: {test: [CMD, test, -e, /tmp/ready], interval: 1h, start_interval: 50ms%s}
        """;
    checks.file(yaml.formatted(""));
    checks.davit("up", "-d").fails("start_period");
    checks.file(yaml.formatted(", start_period: 1h"));
    checks.davit("up", "-d").succeeds();
    String web = checks.containers().getFirst();
    assertEquals(
        Health.Status.STARTING, checks.container(web).state().health().orElseThrow().status());
    checks.davit("exec", "-T", "web", "touch", "/tmp/ready").succeeds();
    checks.davit("up", "-d", "--wait").succeeds();
    assertEquals(
        Health.Status.HEALTHY, checks.container(web).state().health().orElseThrow().status());
  }

  @Test
  @Intent("[expose] ExposeRange")
  void aRangeOfPortsMayBeExposed() throws Exception {
    checks.file(
        "name: ex\nservices: {web: {image: davit/host, init: true, command: sleep 1000, expose: ['9091-9092', '53/udp']}}\n");
    checks.davit("up", "-d").succeeds();
    assertTrue(checks.container("ex-web-1").state().alive());
    assertEquals(List.of(), checks.container("ex-web-1").sandbox().orElseThrow().ports());
  }

  @Test
  @Intent("[up] UpImageID")
  void anImageMayBeNamedByItsId() throws Exception {
    checks.file("name: id\nservices: {web: {image: davit/host, command: ['true']}}\n");
    checks.davit("create").succeeds();
    String image = checks.container("id-web-1").imageId();
    for (String id : List.of(image, image.replace("sha256:", ""))) {
      checks.file(
          "name: id\nservices: {web: {image: '%s', init: true, command: sleep 1000}}\n"
              .formatted(id));
      checks.davit("up", "-d", "-t", "0").succeeds();
      assertTrue(checks.container("id-web-1").state().alive());
      assertEquals(image, checks.container("id-web-1").imageId());
    }
  }
}
