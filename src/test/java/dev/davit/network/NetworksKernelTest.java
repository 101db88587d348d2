package dev.davit.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.netlink.Family;
import dev.davit.netlink.Link;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import dev.davit.netlink.Table;
import dev.davit.netlink.Veth;
import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/// Networks in a namespace that plays the host, so that the real host's stay as they are.
@Kernel
class NetworksKernelTest {
  @TempDir private Path directory;

  private void onHost(PlayedHost.Scene scene) throws Exception {
    PlayedHost.play(directory, scene);
  }

  private Networks open() {
    return PlayedHost.open(directory);
  }

  @Test
  void containersOfANetworkFindAndReachEachOther() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "shop"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "shop"));
          assertEquals("10.89.0.2", a.endpoints().getFirst().address().toString());
          assertEquals("eth0", a.endpoints().getFirst().interfaceName());
          assertEquals("NOERROR [10.89.0.3]", Peer.resolve(a.netns(), "DB", Type.A));
          assertEquals("NOERROR [10.89.0.3]", Peer.resolveTcp(a.netns(), "db.shop", Type.A));
          assertEquals("NOERROR []", Peer.resolve(a.netns(), "db", Type.AAAA));
          assertEquals(
              "NOERROR [db.]", Peer.resolve(a.netns(), "3.0.89.10.in-addr.arpa", Type.PTR));
          assertEquals(
              "NOERROR [10.89.0.1]", Peer.resolve(a.netns(), "host.docker.internal", Type.A));
          try (var _ = Peer.tcp(b.netns(), 5432, "db")) {
            assertEquals("db to 10.89.0.2", Netns.in(a.netns(), () -> Peer.ask("10.89.0.3", 5432)));
            assertEquals("db to 10.89.0.1", Peer.ask("10.89.0.3", 5432));
          }
          assertTrue(Netns.in(a.netns(), () -> ping("10.89.0.3")));
          assertTrue(Netns.in(a.netns(), () -> ping("127.0.0.1")));
        });
  }

  @Test
  void aRenamedContainerIsFoundByItsNewNameAndItsServiceStill() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.config(
                      "a", "web", List.of(EndpointConfig.of("shop", List.of("web"))), List.of()));
          networks.rename("a", "old");
          assertEquals("NOERROR [10.89.0.2]", Peer.resolve(a.netns(), "old", Type.A));
          assertEquals("NOERROR [10.89.0.2]", Peer.resolve(a.netns(), "web", Type.A));
        });
  }

  private static boolean ping(String address) throws Exception {
    return InetAddress.getByName(address).isReachable(3000);
  }

  @Test
  void networksAreApart() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("front"));
          networks.create(NetworkConfig.bridge("back"));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "front"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "back"));
          assertEquals("10.89.16.2", b.endpoints().getFirst().address().toString());
          assertFalse(Peer.resolve(a.netns(), "db", Type.A).contains("10."));
          try (var _ = Peer.tcp(b.netns(), 5432, "db")) {
            assertFalse(Netns.in(a.netns(), () -> Peer.reaches("10.89.16.2", 5432)));
            networks.connect("b", EndpointConfig.of("front", List.of("store")));
            assertEquals("NOERROR [10.89.0.3]", Peer.resolve(a.netns(), "store", Type.A));
            assertTrue(Netns.in(a.netns(), () -> Peer.reaches("10.89.0.3", 5432)));
            networks.disconnect("b", "front");
            assertFalse(Netns.in(a.netns(), () -> Peer.reaches("10.89.0.3", 5432)));
          }
        });
  }

  @Test
  void publishedPortIsReachedFromEverywhereOnTheHost() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          networks.create(NetworkConfig.bridge("other"));
          var udp = new PortBinding("", 8053, 8053, 53, "udp");
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published("a", "web", "shop", PortBinding.tcp(8080, 80), udp));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "neighbour", "shop"));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "stranger", "other"));
          assertEquals(
              List.of("8080/tcp", "8053/udp"),
              a.ports().stream().map(PublishedPort::print).toList());
          try (var _ = Peer.tcp(a.netns(), 80, "web");
              var _ = Peer.udp(a.netns(), 5300, "web ")) {
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
            assertEquals("web to 10.89.0.1", Peer.ask("10.89.0.1", 8080));
            assertEquals(
                "web", Netns.in(b.netns(), () -> Peer.ask("10.89.0.1", 8080)).substring(0, 3));
            assertEquals(
                "web to 10.89.0.1", Netns.in(a.netns(), () -> Peer.ask("10.89.0.1", 8080)));
            assertEquals(
                "web to 10.89.16.2", Netns.in(c.netns(), () -> Peer.ask("10.89.16.1", 8080)));
            assertFalse(Netns.in(c.netns(), () -> Peer.reaches("10.89.0.2", 80)));
            networks.close();
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
          }
          try (Networks again = open()) {
            again.removeSandbox("a");
            assertFalse(Peer.reaches("127.0.0.1", 8080));
            for (String id : List.of("b", "c")) {
              again.removeSandbox(id);
            }
            again.list().forEach(network -> again.remove(network.id()));
          }
        });
  }

  @Test
  void publishedUdpPortAnswers() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published("a", "web", "shop", new PortBinding("", 0, 0, 5300, "udp")));
          int port = a.ports().getFirst().hostPort();
          assertTrue(port > 1023);
          try (var _ = Peer.udp(a.netns(), 5300, "web ")) {
            byte[] answer = Peer.askUdp("127.0.0.1", port, "hello".getBytes(UTF_8));
            assertEquals("web hello", new String(answer, UTF_8));
            answer = Peer.askUdp("10.89.0.1", port, "again".getBytes(UTF_8));
            assertEquals("web again", new String(answer, UTF_8));
          }
        });
  }

  @Test
  void portConflictNamesTheHolderAndLeavesNothing() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          var endpoints = List.of(EndpointConfig.of("shop", List.of()));
          var ports = List.of(PortBinding.tcp(8080, 80));
          networks.createSandbox(PlayedHost.config("a", "web", endpoints, ports));
          var e =
              conflict(() -> networks.createSandbox(PlayedHost.config("b", "b", endpoints, ports)));
          assertEquals("port 8080/tcp is already in use by container \"web\"", e.getMessage());
          networks.removeSandbox("a");
          try (var other =
              ServerSocketChannel.open(StandardProtocolFamily.INET)
                  .bind(Peer.at("127.0.0.1", 8080))) {
            assertTrue(other.isOpen());
            e =
                conflict(
                    () -> networks.createSandbox(PlayedHost.config("b", "b", endpoints, ports)));
            String here = "process " + ProcessHandle.current().pid() + " (";
            assertTrue(e.getMessage().startsWith("port 8080/tcp is already in use by " + here));
            assertTrue(e.getMessage().contains("/java "), e.getMessage());
            var range = new PortBinding("", 8080, 8082, 80, "tcp");
            Sandbox b =
                networks.createSandbox(PlayedHost.config("b", "b", endpoints, List.of(range)));
            assertEquals(8081, b.ports().getFirst().hostPort());
          }
        });
  }

  private static DavitException conflict(org.junit.jupiter.api.function.Executable code) {
    var e = assertThrows(DavitException.class, code);
    assertEquals(Kind.CONFLICT, e.kind());
    return e;
  }

  @Test
  void staticAddressesAndSubnetsAreHonoured() throws Exception {
    onHost(
        networks -> {
          var subnet =
              new Subnet(
                  Cidr.parse("10.7.0.0/24"),
                  Optional.of(Ip.parse("10.7.0.254")),
                  Optional.of(Cidr.parse("10.7.0.64/28")),
                  Map.of());
          networks.create(
              NetworkConfig.bridge("fixed")
                  .withIpam(subnet)
                  .withOptions(Map.of("com.docker.network.driver.mtu", "1280")));
          var wanted =
              new EndpointConfig(
                  "fixed",
                  List.of(),
                  Optional.of(Ipv4.parse("10.7.0.9")),
                  Optional.empty(),
                  Optional.of("02:00:00:00:00:09"),
                  Optional.of("lan"),
                  0,
                  0,
                  List.of(),
                  Map.of());
          Sandbox a =
              networks.createSandbox(PlayedHost.config("a", "a", List.of(wanted), List.of()));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "b", "fixed"));
          assertEquals("10.7.0.64", b.endpoints().getFirst().address().toString());
          Link link =
              Netns.in(
                  a.netns(),
                  () -> {
                    try (Netlink netlink = Netlink.route()) {
                      return Rtnetlink.find(netlink, "lan").orElseThrow();
                    }
                  });
          assertEquals("02:00:00:00:00:09", link.mac());
          assertEquals(1280, link.mtu());
          var e =
              conflict(
                  () ->
                      networks.createSandbox(
                          PlayedHost.config("c", "c", List.of(wanted), List.of())));
          assertEquals(
              "address \"10.7.0.9\" of network \"fixed\" is held by container \"a\"",
              e.getMessage());
          var overlap = Subnet.of(Cidr.parse("10.7.0.0/16"));
          e = conflict(() -> networks.create(NetworkConfig.bridge("x").withIpam(overlap)));
          assertEquals(
              "subnet \"10.7.0.0/16\" overlaps \"10.7.0.0/24\" of network \"fixed\"",
              e.getMessage());
          e = conflict(() -> networks.remove("fixed"));
          assertEquals("network \"fixed\" is in use by container \"a\", \"b\"", e.getMessage());
        });
  }

  @Test
  void internalNetworkHasNoWayOutOrIn() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("cellar").asInternal());
          networks.create(NetworkConfig.bridge("shop"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published("a", "a", "cellar", PortBinding.tcp(8080, 80)));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "b", "shop"));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "c", "cellar"));
          assertEquals(List.of(), a.ports());
          assertEquals(List.of(), networks.hostGateways(a));
          assertEquals("REFUSED []", Peer.resolve(a.netns(), "example.org", Type.A));
          assertEquals("NXDOMAIN []", Peer.resolve(a.netns(), "host.docker.internal", Type.A));
          assertEquals("NOERROR [10.89.0.3]", Peer.resolve(a.netns(), "c", Type.A));
          try (var _ = Peer.tcp(a.netns(), 80, "a");
              var host =
                  ServerSocketChannel.open(StandardProtocolFamily.INET)
                      .bind(Peer.at("0.0.0.0", 9000))) {
            assertTrue(host.isOpen());
            assertTrue(Netns.in(c.netns(), () -> Peer.reaches("10.89.0.2", 80)));
            assertFalse(Netns.in(b.netns(), () -> Peer.reaches("10.89.0.2", 80)));
            assertFalse(Netns.in(a.netns(), () -> Peer.reaches("10.89.0.1", 9000)));
            assertTrue(Netns.in(b.netns(), () -> Peer.reaches("10.89.16.1", 9000)));
          }
        });
  }

  @Test
  void anotherEngineTakesOver() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          var endpoints = List.of(EndpointConfig.of("shop", List.of("site")));
          var ports = List.of(PortBinding.tcp(8080, 80));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", endpoints, ports));
          networks.createSandbox(PlayedHost.config("b", "db", "shop"));
          networks.close();
          Files.writeString(directory.resolve("run/netns/left"), "");
          try (Netlink netlink = Netlink.route();
              Netlink netfilter = Netlink.netfilter()) {
            netlink.send(List.of(Rtnetlink.deleteLink(networks.list().getFirst().bridge())));
            netfilter.commit(
                new Firewall(new Table(Family.IP, Holdings.table(directory.resolve("run"))))
                    .uninstall());
          }
          try (Networks again = open();
              var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertEquals(networks.list(), again.list());
            assertEquals(Optional.of(a), again.sandbox("a"));
            assertEquals("NOERROR [10.89.0.3]", Peer.resolve(a.netns(), "db", Type.A));
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
            var e =
                conflict(() -> again.createSandbox(PlayedHost.config("c", "c", endpoints, ports)));
            assertEquals("port 8080/tcp is already in use by container \"web\"", e.getMessage());
            Sandbox d = again.createSandbox(PlayedHost.config("d", "d", "shop"));
            assertEquals("10.89.0.4", d.endpoints().getFirst().address().toString());
            for (String id : List.of("a", "b", "d")) {
              again.removeSandbox(id);
            }
            again.remove("shop");
          }
        });
  }

  @Test
  void otherNamesAreForwarded() throws Exception {
    onHost(
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          try (var outside =
              DatagramChannel.open(StandardProtocolFamily.INET).bind(Peer.at("127.0.0.1", 0))) {
            Thread.ofPlatform().daemon().start(() -> answerOne(outside));
            String server =
                "127.0.0.1#" + ((InetSocketAddress) outside.getLocalAddress()).getPort();
            Sandbox a =
                networks.createSandbox(
                    new SandboxConfig(
                        "a",
                        "a",
                        List.of(),
                        List.of(EndpointConfig.of("shop", List.of())),
                        List.of(),
                        new DnsConfig(List.of(server), List.of(), List.of(), Map.of())));
            assertEquals("NOERROR [192.0.2.7]", Peer.resolve(a.netns(), "example.org", Type.A));
          }
          Sandbox b =
              networks.createSandbox(
                  new SandboxConfig(
                      "b",
                      "b",
                      List.of(),
                      List.of(EndpointConfig.of("shop", List.of())),
                      List.of(),
                      new DnsConfig(List.of("127.0.0.1#1"), List.of(), List.of(), Map.of())));
          assertEquals("SERVFAIL []", Peer.resolve(b.netns(), "example.org", Type.A));
          assertEquals("SERVFAIL []", Peer.resolveTcp(b.netns(), "example.org", Type.A));
        });
  }

  private static void answerOne(DatagramChannel server) {
    try {
      var buffer = java.nio.ByteBuffer.allocate(1500);
      var from = server.receive(buffer);
      var query = new org.xbill.DNS.Message(buffer.flip());
      query.getHeader().setFlag(org.xbill.DNS.Flags.QR);
      query.addRecord(
          org.xbill.DNS.Record.fromString(
              query.getQuestion().getName(), Type.A, 1, 60, "192.0.2.7", org.xbill.DNS.Name.root),
          org.xbill.DNS.Section.ANSWER);
      server.send(java.nio.ByteBuffer.wrap(query.toWire()), from);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Kernel(needs = "ip")
  void neighbourOfTheHostReachesOnlyWhatIsPublishedToIt() throws Exception {
    onHost(
        networks -> {
          Path neighbour = directory.resolve("neighbour");
          networks.create(NetworkConfig.bridge("shop"));
          try (var there = Namespace.create(neighbour, false);
              Netlink netlink = Netlink.route()) {
            cable(netlink, there);
            var ports =
                List.of(
                    PortBinding.tcp(8080, 80),
                    new PortBinding("127.0.0.1", 8081, 8081, 80, "tcp"),
                    new PortBinding("192.0.2.1", 8082, 8082, 80, "tcp"));
            var endpoints = List.of(EndpointConfig.of("shop", List.of()));
            Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", endpoints, ports));
            try (var _ = Peer.tcp(a.netns(), 80, "web");
                var _ = Peer.tcp(neighbour, 80, "neighbour")) {
              assertEquals(
                  "web to 192.0.2.2", Netns.in(neighbour, () -> Peer.ask("192.0.2.1", 8080)));
              assertEquals(
                  "web to 192.0.2.2", Netns.in(neighbour, () -> Peer.ask("192.0.2.1", 8082)));
              assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8081));
              assertFalse(Netns.in(neighbour, () -> Peer.reaches("192.0.2.1", 8081)));
              Netns.in(neighbour, NetworksKernelTest::sendLoopbackToTheHost);
              assertFalse(Netns.in(neighbour, () -> Peer.reaches("127.0.0.1", 8081)));
              assertFalse(Netns.in(neighbour, () -> Peer.reaches("10.89.0.2", 80)));
              assertEquals(
                  "neighbour to 192.0.2.1", Netns.in(a.netns(), () -> Peer.ask("192.0.2.2", 80)));
            }
          } finally {
            Namespace.remove(neighbour);
            try (Netlink netlink = Netlink.route()) {
              netlink.send(List.of(Rtnetlink.deleteLink("lan1"), Rtnetlink.deleteLink("lan")));
            }
          }
        });
  }

  /// What an attacker would do: 127.0.0.1 is the neighbour's own no more, but behind its gateway.
  private static String sendLoopbackToTheHost() throws Exception {
    Files.writeString(Path.of("/proc/sys/net/ipv4/conf/eth0/route_localnet"), "1");
    return Netns.run("ip", "link", "set", "lo", "down");
  }

  /// A cable from the host (192.0.2.1) to a neighbour (192.0.2.2) whose default route is the host.
  private static void cable(Netlink netlink, Namespace there) throws Exception {
    netlink.send(List.of(Rtnetlink.addBridge("lan", "02:00:00:00:02:01", 1500)));
    int lan = Rtnetlink.find(netlink, "lan").orElseThrow().index();
    netlink.send(
        List.of(
            Rtnetlink.addAddress(lan, Ipv4.parse("192.0.2.1").toInet(), 24),
            Rtnetlink.addVeth(
                new Veth("lan1", lan, 1500, there.fd(), "eth0", "02:00:00:00:02:02"))));
    int eth0 = Rtnetlink.find(there.netlink(), "eth0").orElseThrow().index();
    there
        .netlink()
        .send(
            List.of(
                Rtnetlink.addAddress(eth0, Ipv4.parse("192.0.2.2").toInet(), 24),
                Rtnetlink.up(eth0),
                Rtnetlink.defaultRoute(Ipv4.parse("192.0.2.1").toInet(), eth0)));
  }
}
