package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.davit.error.DavitException;
import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each driver, and each option of the bridge's, must do what its documentation says.
@Kernel
class DriversKernelTest {
  private static final String PARENT = "lan0";

  @TempDir private Path directory;

  private static void ip(String... words) throws Exception {
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    String said = Netns.run(command.toArray(String[]::new));
    assertEquals("", said);
  }

  private static void assumeLinks(String type, String... options) throws Exception {
    boolean has =
        Netns.fresh(
            () -> {
              ip("link", "add", "p0", "type", "veth", "peer", "name", "p1");
              var command =
                  new ArrayList<>(List.of("ip", "link", "add", "link", "p0", "name", "x0", "type"));
              command.add(type);
              command.addAll(List.of(options));
              return !Netns.run(command.toArray(String[]::new)).contains("Unknown device type");
            });
    assumeTrue(has, "this kernel has no links of type " + type);
  }

  private interface Lan {
    void play(Networks networks, Path neighbour) throws Exception;
  }

  /// A host with an interface `lan0`, whose cable leads to a neighbour at 10.77.0.9.
  ///
  /// @param link the neighbour's interface that has the address: `far0`, or a VLAN of it
  private void onLan(String link, Lan scene) throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          Path neighbour = directory.resolve("neighbour");
          try (var _ = Namespace.create(neighbour, false)) {
            ip("link", "add", PARENT, "type", "veth", "peer", "name", "far0");
            ip("link", "set", PARENT, "up");
            ip("link", "set", "far0", "netns", neighbour.toString());
            Netns.in(neighbour, () -> ready(link));
            scene.play(networks, neighbour);
          } finally {
            networks.close();
            try (Networks again = PlayedHost.open(directory)) {
              again.removeSandbox("a");
              again.removeSandbox("b");
              again.list().forEach(network -> again.remove(network.id()));
            }
            Netns.run("ip", "link", "delete", PARENT);
            Namespace.remove(neighbour);
          }
        });
  }

  private static String ready(String link) throws Exception {
    ip("link", "set", "far0", "up");
    if (!link.equals("far0")) {
      ip("link", "add", "link", "far0", "name", link, "type", "vlan", "id", "7");
      ip("link", "set", link, "up");
    }
    ip("address", "add", "10.77.0.9/24", "dev", link);
    return link;
  }

  private static NetworkConfig shared(String driver, Map<String, String> options) {
    return NetworkConfig.bridge("lan")
        .withDriver(driver)
        .withIpam(Subnet.of(Cidr.parse("10.77.0.0/24")))
        .withOptions(options);
  }

  private void check(Networks networks, Path neighbour) throws Exception {
    Sandbox a =
        networks.createSandbox(
            PlayedHost.config(
                "a",
                "web",
                List.of(EndpointConfig.of("lan", List.of("web"))),
                List.of(PortBinding.tcp(8080, 80))));
    Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "lan"));
    assertEquals("10.77.0.3", b.endpoints().getFirst().address().toString());
    try (var _ = Peer.tcp(a.netns(), 80, "web");
        var _ = Peer.tcp(b.netns(), 80, "db");
        var _ = Peer.tcp(neighbour, 80, "lan")) {
      assertEquals("db to 10.77.0.2", Netns.in(a.netns(), () -> Peer.ask("10.77.0.3", 80)));
      assertEquals("lan to 10.77.0.2", Netns.in(a.netns(), () -> Peer.ask("10.77.0.9", 80)));
      assertEquals("web to 10.77.0.9", Netns.in(neighbour, () -> Peer.ask("10.77.0.2", 80)));
      // As with docker: the host is not on that network, and publishes nothing from it.
      assertFalse(Peer.reaches("10.77.0.2", 80));
      assertEquals(List.of(), a.ports());
      assertEquals("NOERROR [10.77.0.3]", Peer.resolve(a.netns(), "db", org.xbill.DNS.Type.A));
    }
    networks.close();
    try (Networks again = PlayedHost.open(directory);
        var _ = Peer.tcp(b.netns(), 80, "db")) {
      assertEquals("db to 10.77.0.2", Netns.in(a.netns(), () -> Peer.ask("10.77.0.3", 80)));
      again.removeSandbox("a");
      again.removeSandbox("b");
      again.remove("lan");
    }
  }

  @Test
  void macvlanContainersAreOnTheNetworkOfTheirParent() throws Exception {
    onLan(
        "far0",
        (networks, neighbour) -> {
          networks.create(shared("macvlan", Map.of("parent", PARENT)));
          check(networks, neighbour);
          assertTrue(Netns.run("ip", "link", "show", PARENT).contains(PARENT));
        });
  }

  @Test
  void privateMacvlanContainersDoNotReachEachOther() throws Exception {
    onLan(
        "far0",
        (networks, neighbour) -> {
          networks.create(shared("macvlan", Map.of("parent", PARENT, "macvlan_mode", "private")));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "lan"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "lan"));
          try (var _ = Peer.tcp(b.netns(), 80, "db");
              var _ = Peer.tcp(neighbour, 80, "lan")) {
            assertFalse(Netns.in(a.netns(), () -> Peer.reaches("10.77.0.3", 80)));
            assertTrue(Netns.in(a.netns(), () -> Peer.reaches("10.77.0.9", 80)));
          }
        });
  }

  @Test
  void ipvlanContainersShareTheAddressOfTheirParent() throws Exception {
    assumeLinks("ipvlan");
    onLan(
        "far0",
        (networks, neighbour) -> {
          networks.create(shared("ipvlan", Map.of("parent", PARENT)));
          check(networks, neighbour);
        });
  }

  @Test
  void aVlanIsMadeAsTheParentAndGoesWithTheNetwork() throws Exception {
    assumeLinks("vlan", "id", "7");
    onLan(
        "far0.7",
        (networks, neighbour) -> {
          networks.create(shared("macvlan", Map.of("parent", PARENT + ".7")));
          assertTrue(Netns.run("ip", "-d", "link", "show", PARENT + ".7").contains("id 7"));
          check(networks, neighbour);
          assertFalse(Netns.run("ip", "link").contains(PARENT + ".7"));
        });
  }

  @Test
  void aParentThatIsNotThereIsNamed() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          var config = shared("macvlan", Map.of("parent", "nowhere0"));
          String said =
              assertThrows(DavitException.class, () -> networks.create(config)).getMessage();
          assertTrue(said.contains("\"nowhere0\""), said);
        });
  }

  @Test
  void aBridgeHasTheNameThatItWasGiven() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          var name = Map.of("com.docker.network.bridge.name", "shop0");
          networks.create(NetworkConfig.bridge("shop").withOptions(name));
          assertTrue(Netns.run("ip", "-d", "link", "show", "shop0").contains("bridge"));
          String said =
              assertThrows(
                      DavitException.class,
                      () -> networks.create(NetworkConfig.bridge("two").withOptions(name)))
                  .getMessage();
          assertTrue(said.contains("interface \"shop0\" exists already"), said);
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "shop"));
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertTrue(Peer.reaches("10.89.0.2", 80));
          }
          networks.removeSandbox("a");
          networks.remove("shop");
          assertFalse(Netns.run("ip", "link").contains("shop0"));
        });
  }

  @Test
  void portsArePublishedWhereTheNetworkSays() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(
              NetworkConfig.bridge("shop")
                  .withOptions(Map.of("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1")));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published(
                      "a",
                      "web",
                      "shop",
                      PortBinding.tcp(8080, 80),
                      new PortBinding("0.0.0.0", 8081, 8081, 80, "tcp")));
          assertEquals(
              List.of("127.0.0.1:8080/tcp", "8081/tcp"),
              a.ports().stream().map(PublishedPort::print).toList());
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertTrue(Peer.reaches("127.0.0.1", 8080));
            assertFalse(Peer.reaches("10.89.0.1", 8080));
            assertTrue(Peer.reaches("10.89.0.1", 8081));
          }
        });
  }

  // The JDK does not speak SCTP, and not every kernel does: the rule is looked at.
  @Test
  void sctpPortsAreTurnedToTheContainerAndKeptApart() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          var ports = List.of(new PortBinding("", 9000, 9000, 90, "sctp"));
          var on = List.of(EndpointConfig.of("shop", List.of()));
          networks.createSandbox(PlayedHost.config("a", "web", on, ports));
          String rules = Netns.run("nft", "-n", "list", "ruleset");
          assertTrue(rules.contains("132 . 9000 : 10.89.0.2 . 90"), rules);
          String said =
              assertThrows(
                      DavitException.class,
                      () -> networks.createSandbox(PlayedHost.config("b", "two", on, ports)))
                  .getMessage();
          assertEquals("port 9000/sctp is already in use by container \"web\"", said);
          networks.removeSandbox("a");
          assertFalse(Netns.run("nft", "list", "ruleset").contains("9000"));
        });
  }
}
