package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What changed in the file must change on the machine, and nothing else.
@Kernel
@Timeout(120)
class ConvergenceScenario {
  private static final String SLEEPS = "{image: davit/host, init: true, command: sleep 1000";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private String id(String container) {
    return checks.container(container).id();
  }

  @Test
  @Intent("[networks] NetworkRecreate")
  @Intent("[networks] NetworkConfigChanged")
  void aChangedNetworkIsMadeAgainAndItsContainersStay() throws Exception {
    String yaml =
        """
        name: net
        services: {web: %s, networks: [lan]}, db: %s, networks: [lan]}}
        networks: {lan: {ipam: {config: [{subnet: %%s}]}}}
        """
            .formatted(SLEEPS, SLEEPS);
    checks.file(yaml.formatted("10.213.1.0/24"));
    checks.davit("up", "-d").succeeds();
    String web = id("net-web-1");
    checks.file(yaml.formatted("10.213.2.0/24"));
    checks.davit("up", "-d").succeeds();
    assertEquals(web, id("net-web-1"));
    var address = checks.container("net-web-1").sandbox().orElseThrow().endpoints().getFirst();
    assertTrue(address.address().toString().startsWith("10.213.2."), address.toString());
    checks.davit("exec", "-T", "web", "getent", "hosts", "db").succeeds().says("10.213.2.");
    checks.davit("up", "-d").succeeds();
    assertEquals(web, id("net-web-1"));
  }

  @Test
  void aNetworkWithAnotherNameReplacesTheFormer() throws Exception {
    String yaml =
        "name: net\nservices: {web: %s}}\nnetworks: {default: {name: %%s}}\n".formatted(SLEEPS);
    checks.file(yaml.formatted("before"));
    checks.davit("up", "-d").succeeds();
    checks.file(yaml.formatted("after"));
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("after"), checks.networkNames());
  }

  private static final String STORE =
      """
      name: vol
      services: {db: {image: davit/host, init: true, command: sleep 1000, volumes: ["data:/data", "./:/here"]}}
      volumes: {data: {labels: {tier: %s}}}
      """;

  private String files() {
    return checks.davit("exec", "-T", "db", "ls", "/data").succeeds().out();
  }

  @Test
  @Intent("[volumes] UpRecreateVolumes")
  @Intent("[volumes] UpRecreateVolumesIgnoreBinds")
  void aChangedVolumeIsMadeAgainOnlyWithConsent() throws Exception {
    checks.file(STORE.formatted("a"));
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "db", "touch", "/data/mine").succeeds();
    String db = id("vol-db-1");
    checks.davit("up", "-d").succeeds();
    assertEquals(db, id("vol-db-1"));
    checks.file(STORE.formatted("b"));
    checks
        .davit("up", "-d")
        .succeeds()
        .says("Volume \"vol_data\" exists but doesn't match configuration in compose file.");
    checks.davitWith("n\n", "up", "-d").succeeds();
    assertEquals("mine\n", files());
    assertEquals(db, id("vol-db-1"));
    checks.davitWith("y\n", "up", "-d").succeeds();
    assertEquals("", files());
    assertNotEquals(db, id("vol-db-1"));
    checks.davit("exec", "-T", "db", "touch", "/data/mine").succeeds();
    checks.file(STORE.formatted("c"));
    checks.davit("up", "-d", "-y").succeeds();
    assertEquals("", files());
  }

  @Test
  @Intent("[volumes] UpSwitchVolumes")
  void anotherExternalVolumeMakesAnotherContainer() throws Exception {
    for (String name : List.of("one", "two")) {
      checks.file(
          "name: made\nservices: {x: {image: davit/host, command: [sh, -c, 'echo %s > /d/name'], volumes: ['v:/d']}}\nvolumes: {v: {name: %s}}\n"
              .formatted(name, name));
      checks.davit("up").succeeds();
      checks.davit("down").succeeds();
    }
    String yaml =
        "name: sw\nservices: {db: {image: davit/host, init: true, command: sleep 1000, volumes: ['v:/data']}}\nvolumes: {v: {external: true, name: %s}}\n";
    checks.file(yaml.formatted("one"));
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "db", "cat", "/data/name").says("one");
    checks.file(yaml.formatted("two"));
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "db", "cat", "/data/name").says("two");
    checks.file(yaml.formatted("three"));
    checks.davit("up", "-d").fails("three");
  }

  @Test
  @Intent("[volumes] LocalComposeVolume")
  void anonymousVolumesAreInheritedOrRenewed() throws Exception {
    String yaml =
        "name: anon\nservices: {db: {image: davit/host, init: true, command: sleep 1000, environment: {V: %s}, volumes: [/data]}}\n";
    checks.file(yaml.formatted("one"));
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "db", "touch", "/data/mine").succeeds();
    checks.file(yaml.formatted("two"));
    checks.davit("up", "-d").succeeds();
    assertEquals("mine\n", files());
    checks.davit("up", "-d", "-V").succeeds();
    assertEquals("", files());
    checks.davit("down", "-v").succeeds();
    assertEquals(List.of(), checks.volumeNames());
  }

  @Test
  @Intent("[noDeps] NoDepsNetworkMode")
  void whoSharesANamespaceNeedsItsOwner() throws Exception {
    checks.file(
        "name: sh\nservices: {a: %s}, b: %s, network_mode: 'service:a'}}\n"
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d", "--no-deps", "b").fails("of which there is none");
    checks.davit("up", "-d").succeeds();
    checks.davit("rm", "-fs", "a").succeeds();
    checks.davit("up", "-d", "--no-deps", "b").fails("of which there is none");
  }

  @Test
  @Intent("[noDeps] NoDepsVolumeFrom")
  void whoTakesVolumesFromAServiceNeedsIt() throws Exception {
    checks.file(
        "name: vf\nservices: {a: %s, volumes: [/data]}, b: %s, volumes_from: [a]}}\n"
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d", "--no-deps", "b").fails("of which there is none");
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "a", "touch", "/data/shared").succeeds();
    checks.davit("exec", "-T", "b", "ls", "/data").succeeds().says("shared");
    checks.davit("rm", "-fsv", "a").succeeds();
    checks.davit("exec", "-T", "b", "ls", "/data").succeeds().says("shared");
    checks.davit("up", "-d", "--no-deps", "--force-recreate", "b").fails("of which there is none");
    checks.davit("rm", "-fsv", "b").succeeds();
    assertEquals(List.of(), checks.volumeNames());
  }

  @Test
  void downOfAServiceTakesWhatOnlyItUses() throws Exception {
    checks.file(
        """
        name: part
        services: {web: %s, networks: [front, both]}, db: %s, networks: [both]}}
        networks: {front: {}, both: {}}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").succeeds();
    checks.davit("down", "web").succeeds();
    assertEquals(List.of("part-db-1"), checks.containers());
    assertEquals(List.of("part_both"), checks.networkNames());
    checks.davit("down", "--rmi", "some").fails("invalid value for --rmi: \"some\"");
    assertTrue(checks.davit("down", "--rmi", "all").succeeds().err().contains("davit/host"));
  }
}
