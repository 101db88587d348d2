package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Project;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.HealthConfig;
import dev.davit.engine.MountConfig;
import dev.davit.engine.Networking;
import dev.davit.engine.RestartPolicy;
import dev.davit.error.DavitException;
import dev.davit.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceToContainerTest {
  private static Project project(String attributes) {
    return World.project(
        "services:\n  db: {image: davit/host}\n  web:\n    image: davit/host\n"
            + attributes.indent(4)
            + "networks: {front: {}, default: {}}\nvolumes: {data: {}}\n");
  }

  private static ContainerConfig config(String attributes) {
    Project project = project(attributes);
    return new ServiceToContainer(
            project,
            Map.of("davit/host", World.image("sha256:1", List.of())),
            other -> "shop-" + other + "-1")
        .config(World.service(project, "web"), 2);
  }

  @Test
  void nameAndLabelsIdentifyTheContainer() {
    ContainerConfig config = config("labels: {mine: x}\ndepends_on: [db]");
    assertEquals("shop-web-2", config.name());
    assertEquals("x", config.labels().get("mine"));
    assertEquals("web", config.labels().get(Labels.SERVICE));
    assertEquals("2", config.labels().get(Labels.NUMBER));
    assertEquals("db:service_started:false", config.labels().get(Labels.DEPENDS_ON));
    assertEquals("sha256:1", config.labels().get(Labels.IMAGE));
    assertEquals("mine", config("container_name: mine").name());
  }

  @Test
  void commandIsTakenOver() {
    var command =
        config(
                "command: [a, b]\nentrypoint: []\nenvironment: {K: v}\nuser: www\n"
                    + "working_dir: /w\ninit: true\ntty: true\nstdin_open: true")
            .command();
    assertEquals(List.of("a", "b"), command.command().orElseThrow());
    assertEquals(List.of(), command.entrypoint().orElseThrow());
    assertEquals(List.of("K=v"), command.env());
    assertEquals("www", command.user().orElseThrow());
    assertEquals("/w", command.workingDir().orElseThrow());
    assertTrue(command.init() && command.tty() && command.openStdin());
  }

  @Test
  void mountsNameVolumesAsTheEngineDoes() {
    List<MountConfig> mounts =
        config("volumes: ['data:/data:ro', '/anon', '/srv:/srv']\ntmpfs: /t").mounts();
    assertEquals(MountConfig.volume("shop_data", "/data").withReadOnly(true), mounts.get(0));
    assertEquals(MountConfig.anonymous("/anon"), mounts.get(1));
    assertEquals(MountConfig.bind("/srv", "/srv"), mounts.get(2));
    assertEquals(MountConfig.Type.TMPFS, mounts.get(3).type());
    assertEquals("/t", mounts.get(3).target());
  }

  @Test
  void networksGiveNamesAndPorts() {
    Networking network =
        config(
                "hostname: h\nports: ['127.0.0.1:8080:80/udp', '90']\n"
                    + "networks: {front: {aliases: [www], ipv4_address: 10.1.2.3}}")
            .network();
    assertEquals(Networking.Mode.NETWORKS, network.mode());
    assertEquals("shop_front", network.endpoints().getFirst().network());
    assertEquals(List.of("web", "www"), network.endpoints().getFirst().names());
    assertEquals("10.1.2.3", network.endpoints().getFirst().ipv4().orElseThrow().toString());
    assertEquals(8080, network.ports().getFirst().hostPort());
    assertEquals("udp", network.ports().getFirst().protocol());
    assertEquals(0, network.ports().get(1).hostPort());
    assertEquals("h", network.hostname().orElseThrow());
  }

  @Test
  void namespacesOfOthersAreTheirFirstContainers() {
    ContainerConfig config = config("network_mode: 'service:db'\npid: 'service:db'\nipc: host");
    assertEquals(Networking.Mode.CONTAINER, config.network().mode());
    assertEquals("shop-db-1", config.network().container().orElseThrow());
    assertEquals("container:shop-db-1", config.namespaces().pid());
    assertEquals("host", config.namespaces().ipc());
    assertEquals(Networking.Mode.NONE, config("network_mode: none").network().mode());
    assertEquals(Networking.Mode.HOST, config("network_mode: host").network().mode());
  }

  @Test
  void limitsAreInTheEnginesUnits() {
    var resources =
        config("mem_limit: 64m\ncpus: 1.5\npids_limit: 10\nulimits: {nofile: 5}\nshm_size: 1m")
            .resources();
    assertEquals(64L << 20, resources.limits().memory());
    assertEquals(1_500_000_000L, resources.limits().nanoCpus());
    assertEquals(10, resources.limits().pids());
    assertEquals(new ContainerConfig.Ulimit(5, 5), resources.ulimits().get("nofile"));
    assertEquals(1L << 20, resources.shmSize());
  }

  @Test
  void restartStopAndHealthAreTakenOver() {
    ContainerConfig config =
        config(
            "restart: on-failure:3\nstop_signal: SIGINT\nstop_grace_period: 2s\n"
                + "healthcheck: {test: [CMD, x], interval: 7s, retries: 2}");
    assertEquals(RestartPolicy.onFailure(3), config.restart());
    assertEquals("SIGINT", config.stop().signal().orElseThrow());
    assertEquals(Duration.ofSeconds(2), config.stop().timeout().orElseThrow());
    HealthConfig health = config.health().orElseThrow();
    assertEquals(List.of("CMD", "x"), health.test());
    assertEquals(Duration.ofSeconds(7), health.interval());
    assertEquals(Duration.ofSeconds(30), health.timeout());
    assertTrue(config("healthcheck: {disable: true}").health().orElseThrow().disabled());
  }

  @Test
  void securityIsTakenOver() {
    var security = config("cap_add: [NET_ADMIN]\ncap_drop: [ALL]\nread_only: true").security();
    assertEquals(List.of("NET_ADMIN"), security.capAdd());
    assertEquals(List.of("ALL"), security.capDrop());
    assertTrue(security.readOnlyRootfs());
  }

  @Test
  void hashSeesWhatMakesAContainerAndNothingElse() {
    String hash = hash("command: [a]");
    assertEquals(hash, hash("command: [a]\ndepends_on: [db]\nscale: 3\npull_policy: never"));
    assertNotEquals(hash, hash("command: [b]"));
    assertNotEquals(hash, hash("command: [a]\nlabels: {a: b}"));
    assertNotEquals(hash, hash("command: [a]\nentrypoint: []"));
    assertNotEquals(
        hash("network_mode: host"), hash("network_mode: none"), "members of one family differ");
  }

  private static String hash(String attributes) {
    return World.service(project(attributes), "web").configHash().text();
  }

  @Test
  void whatIsNotCarriedOutIsSaidWithItsPlace() {
    List<Problem> problems = Unsupported.of(project("pull_policy: build"));
    assertEquals(1, problems.size());
    assertEquals(Problem.Severity.ERROR, problems.getFirst().severity());
    assertTrue(problems.getFirst().print().startsWith("stdin:"), problems.getFirst().print());
  }

  @Test
  void aLimitThatCannotBeIsRefusedWithItsPlace() {
    var failure = assertThrows(DavitException.class, () -> config("cpus: 0.001"));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("services.web.cpus"), failure.getMessage());
  }
}
