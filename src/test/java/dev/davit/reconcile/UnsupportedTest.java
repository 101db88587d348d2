package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the model says and Davit does not do is told.
class UnsupportedTest {
  @TempDir private Path directory;

  private List<String> problems(String attributes, String rest) throws Exception {
    return problems(attributes, rest, List.of());
  }

  private List<String> problems(String attributes, String rest, List<String> services)
      throws Exception {
    Files.writeString(
        directory.resolve("compose.yaml"),
        "name: x\nservices:\n  web:\n    image: davit/host\n" + attributes.indent(4) + rest);
    var request = LoadRequest.in(directory, Map.of());
    return Unsupported.of(ComposeLoader.load(request).project(), services).stream()
        .map(problem -> problem.severity() + " " + problem.path())
        .toList();
  }

  @Test
  void otherPlatformIsAnError() throws Exception {
    assertEquals(List.of("error services.web.platform"), problems("platform: linux/s390x", ""));
    String mine = System.getProperty("os.arch").equals("amd64") ? "amd64" : "arm64";
    assertEquals(List.of(), problems("platform: linux/" + mine, ""));
  }

  @Test
  void whatIsNotAskedForRefusesNothing() throws Exception {
    String other =
        "  other: {image: davit/host, depends_on: [need]}\n  need: {image: davit/host}\n";
    String need = "  need: {image: davit/host, platform: linux/s390x}\n";
    assertEquals(List.of(), problems("platform: linux/s390x", other, List.of("other")));
    assertEquals(
        List.of("error services.need.platform"),
        problems("", other.replaceFirst("  need: .*\n", need), List.of("other")));
  }

  @Test
  void startIntervalNeedsAStartPeriod() throws Exception {
    assertEquals(
        List.of("error services.web.healthcheck.start_interval"),
        problems("healthcheck: {test: x, start_interval: 1s}", ""));
    assertEquals(
        List.of(), problems("healthcheck: {test: x, start_interval: 1s, start_period: 9s}", ""));
  }

  @Test
  void whatWouldBeAnotherStackIsAnError() throws Exception {
    assertEquals(
        List.of("error networks.a.driver", "error volumes.d.driver"),
        problems(
            "networks: [a]\nvolumes: ['d:/d']",
            "networks:\n  a: {driver: overlay}\nvolumes:\n  d: {driver: nfs}\n"));
  }

  @Test
  void portsThatLeadNowhereAreToldOf() throws Exception {
    String networks =
        "networks:\n  in: {internal: true}\n  out: {}\n  lan: {driver: macvlan, driver_opts: {parent: e0}}\n";
    var told = List.of("warning services.web.ports");
    assertEquals(told, problems("ports: ['80']\nnetworks: [in, lan]", networks));
    assertEquals(List.of(), problems("ports: ['80']\nnetworks: [in, out]", networks));
    assertEquals(List.of(), problems("networks: [in, lan]", networks));
    assertEquals(told, problems("ports: ['80']\nnetwork_mode: host", ""));
    assertEquals(List.of(), problems("ports: ['80']\nnetwork_mode: bridge", ""));
  }

  @Test
  void linksWithoutANetworkTogetherAreToldOf() throws Exception {
    String rest = "  db: {image: davit/host%s}\nnetworks: {a: {}, b: {}}\n";
    var told = List.of("warning services.web.links[0]");
    assertEquals(told, problems("links: [db]\nnetworks: [a]", rest.formatted(", networks: [b]")));
    assertEquals(
        List.of(), problems("links: [db]\nnetworks: [a]", rest.formatted(", networks: [a, b]")));
    assertEquals(List.of(), problems("links: [db]", rest.formatted("")));
    assertEquals(told, problems("links: [db]\nnetwork_mode: bridge", rest.formatted("")));
    assertEquals(
        List.of(),
        problems("links: [db]\nnetwork_mode: bridge", rest.formatted(", network_mode: bridge")));
  }

  @Test
  void addressesOfANetworkNeedItsSubnet() throws Exception {
    String network = "networks:\n  a: {ipam: {config: [{subnet: 10.9.0.0/16}, {%s}]}}\n";
    assertEquals(
        List.of("error networks.a.ipam.config[1]"),
        problems("networks: [a]", network.formatted("gateway: 10.9.0.1")));
    assertEquals(List.of(), problems("networks: [a]", network.formatted("")));
  }

  @Test
  void whatNobodyHereCanProvideIsAnError() throws Exception {
    assertEquals(
        List.of("error services.web.models"), problems("models: [m]", "models: {m: {model: x}}\n"));
    assertEquals(
        List.of("error services.web.use_api_socket"), problems("use_api_socket: true", ""));
    assertEquals(
        List.of("error services.web.credential_spec"),
        problems("credential_spec: {file: x.json}", ""));
  }
}
