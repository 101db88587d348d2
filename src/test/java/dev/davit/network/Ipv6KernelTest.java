package dev.davit.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

@Kernel
class Ipv6KernelTest {
  @TempDir private Path directory;

  private static NetworkConfig dual(String name) {
    return NetworkConfig.bridge(name)
        .withFamilies(true, true)
        .withIpam(Subnet.of(Cidr.parse("fd00:89::/64")));
  }

  @Test
  void containersOfADualStackNetworkFindAndReachEachOtherByBothFamilies() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "shop"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "shop"));
          assertEquals("[10.89.0.3, fd00:89::3]", "" + b.endpoints().getFirst().addresses());
          assertEquals("NOERROR [10.89.0.3]", Peer.resolve(a.netns(), "db", Type.A));
          assertEquals("NOERROR [fd00:89:0:0:0:0:0:3]", Peer.resolve(a.netns(), "db", Type.AAAA));
          assertEquals(
              "NOERROR [fd00:89:0:0:0:0:0:1]",
              Peer.resolve(a.netns(), "host.docker.internal", Type.AAAA));
          assertEquals(
              "NOERROR [fd00:89:0:0:0:0:0:2]", Peer.resolve(a.netns(), "my-web", Type.AAAA));
          try (var _ = Peer.tcp(b.netns(), 5432, "db")) {
            assertEquals(
                "db to fd00:89:0:0:0:0:0:2",
                Netns.in(a.netns(), () -> Peer.ask("fd00:89::3", 5432)));
            assertEquals("db to 10.89.0.2", Netns.in(a.netns(), () -> Peer.ask("10.89.0.3", 5432)));
          }
        });
  }

  @Test
  void nobodyOnTheNetworkTellsAContainerOfRoutes() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          networks.create(NetworkConfig.bridge("old"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.config(
                      "a",
                      "web",
                      List.of(
                          EndpointConfig.of("shop", List.of()),
                          EndpointConfig.of("old", List.of())),
                      List.of()));
          assertEquals("0 0 0", Netns.in(a.netns(), () -> switches("eth0")));
          assertEquals("1", Netns.in(a.netns(), () -> ipv6("eth1", "disable_ipv6")));
          String bridge = networks.find("shop").orElseThrow().bridge();
          assertEquals("0 0 0", switches(bridge));
          assertEquals("1", ipv6(networks.find("old").orElseThrow().bridge(), "disable_ipv6"));
        });
  }

  private static String switches(String link) throws Exception {
    return ipv6(link, "accept_ra")
        + " "
        + ipv6(link, "autoconf")
        + " "
        + ipv6(link, "disable_ipv6");
  }

  private static String ipv6(String link, String name) throws Exception {
    return Files.readString(Path.of("/proc/sys/net/ipv6/conf", link, name)).strip();
  }

  @Test
  void aNetworkMayHaveIpv6Only() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(NetworkConfig.bridge("six").withFamilies(false, true));
          Network network = networks.find("six").orElseThrow();
          assertEquals(1, network.subnets().size());
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", "six"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "db", "six"));
          assertEquals("NOERROR []", Peer.resolve(a.netns(), "db", Type.A));
          String address = b.endpoints().getFirst().address().toString();
          try (var _ = Peer.tcp(b.netns(), 5432, "db")) {
            assertTrue(Netns.in(a.netns(), () -> Peer.reaches(address, 5432)));
          }
        });
  }

  @Test
  void publishedPortIsReachedByBothFamilies() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          networks.create(
              NetworkConfig.bridge("other")
                  .withFamilies(true, true)
                  .withIpam(Subnet.of(Cidr.parse("fd00:90::/64"))));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published(
                      "a",
                      "web",
                      "shop",
                      PortBinding.tcp(8080, 80),
                      new PortBinding("::", 8053, 8053, 5300, "udp")));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "stranger", "other"));
          assertEquals(
              List.of("8080/tcp", "[::]:8080/tcp", "[::]:8053/udp"),
              a.ports().stream().map(PublishedPort::print).toList());
          try (var _ = Peer.tcp(a.netns(), 80, "web");
              var _ = Peer.udp(a.netns(), 5300, "udp ")) {
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
            assertEquals("web to fd00:89:0:0:0:0:0:1", Peer.ask("fd00:89::1", 8080));
            assertEquals(
                "udp x", new String(Peer.askUdp("fd00:89::1", 8053, new byte[] {'x'}), UTF_8));
            assertEquals(
                "web to fd00:90:0:0:0:0:0:2",
                Netns.in(c.netns(), () -> Peer.ask("fd00:90::1", 8080)));
            assertFalse(Netns.in(c.netns(), () -> Peer.reaches("fd00:89::2", 80)));
            assertEquals(
                "web to fd00:89:0:0:0:0:0:1",
                Netns.in(a.netns(), () -> Peer.ask("fd00:89::1", 8080)));
            networks.close();
            assertEquals("web to fd00:89:0:0:0:0:0:1", Peer.ask("fd00:89::1", 8080));
          }
          try (Networks again = PlayedHost.open(directory)) {
            assertEquals(a.ports(), again.sandbox("a").orElseThrow().ports());
            again.removeSandbox("a");
            assertFalse(Peer.reaches("fd00:89::1", 8080));
          }
        });
  }

  @Test
  void loopbackOfBothFamiliesLeadsToPublishedPorts() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          networks.create(NetworkConfig.bridge("six").withFamilies(false, true));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published(
                      "a",
                      "web",
                      "shop",
                      PortBinding.tcp(8080, 80),
                      new PortBinding("::1", 8081, 8081, 80, "tcp")));
          Sandbox b =
              networks.createSandbox(
                  PlayedHost.published("b", "six", "six", PortBinding.tcp(8090, 80)));
          try (var _ = Peer.tcp(a.netns(), 80, "web");
              var _ = Peer.tcp(b.netns(), 80, "six")) {
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
            for (int port : List.of(8080, 8081)) {
              assertEquals("web to fd00:89:0:0:0:0:0:1", Peer.ask("::1", port));
            }
            assertTrue(Peer.ask("::1", 8090).startsWith("six to fd"));
            networks.close();
          }
          try (Networks again = PlayedHost.open(directory)) {
            try (var _ = Peer.tcp(a.netns(), 80, "web")) {
              assertEquals("web to fd00:89:0:0:0:0:0:1", Peer.ask("::1", 8080));
            }
            again.removeSandbox("a");
            assertFalse(Peer.reaches("::1", 8080));
            again.createSandbox(
                PlayedHost.published("a", "web", "shop", PortBinding.tcp(8080, 80)));
          }
        });
  }

  // Far more than it takes on any machine, and far less than if each port looked at all others.
  @Test
  @Timeout(20)
  void aThousandPortsTakeNoThreadAndOutliveTheEngine() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          List<PortBinding> ports =
              IntStream.range(21_000, 22_000).mapToObj(it -> PortBinding.tcp(it, 80)).toList();
          Set<Thread> before = Thread.getAllStackTraces().keySet();
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.config(
                      "a", "web", List.of(EndpointConfig.of("shop", List.of())), ports));
          assertEquals(2_000, a.ports().size());
          assertTrue(before.containsAll(Thread.getAllStackTraces().keySet()));
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 21_999));
            assertEquals("web to fd00:89:0:0:0:0:0:1", Peer.ask("::1", 21_999));
          }
          networks.close();
          try (Networks again = PlayedHost.open(directory)) {
            assertEquals(a.ports(), again.sandbox("a").orElseThrow().ports());
            again.removeSandbox("a");
            assertFalse(Peer.reaches("::1", 21_999));
          }
        });
  }

  @Test
  void whatIsCarriedKeepsItsEndsAndItsPace() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published("a", "web", "shop", PortBinding.tcp(8080, 80)));
          byte[] much = new byte[20_000_000];
          new java.util.Random(1).nextBytes(much);
          try (var _ = Peer.echoAtTheEnd(a.netns(), 80);
              var client = SocketChannel.open(Peer.at("::1", 8080))) {
            client.socket().getOutputStream().write(much);
            client.shutdownOutput();
            assertArrayEquals(much, client.socket().getInputStream().readAllBytes());
          }
          try (var client = SocketChannel.open(Peer.at("::1", 8080))) {
            // Nobody listens any more.
            assertThrows(SocketException.class, client.socket().getInputStream()::read);
          }
        });
  }

  @Test
  void datagramsToIpv6LoopbackAreRefusedWhenTheyAreAskedFor() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          var config =
              PlayedHost.published(
                  "a", "web", "shop", new PortBinding("::1", 8053, 8053, 53, "udp"));
          DavitException error =
              assertThrows(DavitException.class, () -> networks.createSandbox(config));
          assertEquals(
              "port [::1]:8053/udp cannot be published: on ::1 Davit publishes TCP only",
              error.getMessage());
        });
  }

  @Test
  void anInternalNetworkIsClosedByIpv6Too() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("cellar").asInternal());
          networks.create(
              NetworkConfig.bridge("shop")
                  .withFamilies(true, true)
                  .withIpam(Subnet.of(Cidr.parse("fd00:90::/64"))));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "a", "cellar"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "b", "shop"));
          try (var _ = Peer.tcp(b.netns(), 80, "b");
              var _ = Peer.tcp(a.netns(), 80, "a")) {
            assertFalse(Netns.in(a.netns(), () -> Peer.reaches("fd00:90::2", 80)));
            assertFalse(Netns.in(b.netns(), () -> Peer.reaches("fd00:89::2", 80)));
            assertEquals("a to fd00:89:0:0:0:0:0:1", Peer.ask("fd00:89::2", 80));
          }
        });
  }

  @Test
  void staticAddressesAndSwitchesOfTheInterfaceAreHonoured() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          var wanted =
              new EndpointConfig(
                  "shop",
                  List.of(),
                  Optional.empty(),
                  Optional.of(Ipv6.parse("fd00:89::99")),
                  Optional.empty(),
                  Optional.empty(),
                  0,
                  0,
                  List.of(Ip.parse("169.254.7.7"), Ip.parse("fe80::77")),
                  Map.of(
                      "com.docker.network.endpoint.ifname", "lan0",
                      "com.docker.network.endpoint.sysctls",
                          "net.ipv4.conf.IFNAME.log_martians=1"));
          Sandbox a =
              networks.createSandbox(PlayedHost.config("a", "a", List.of(wanted), List.of()));
          assertEquals("[10.89.0.2, fd00:89::99]", "" + a.endpoints().getFirst().addresses());
          String shown = Netns.in(a.netns(), () -> Netns.run("ip", "address", "show", "lan0"));
          for (String address : List.of("fd00:89::99/64", "169.254.7.7/16", "fe80::77/64")) {
            assertTrue(shown.contains(address), shown);
          }
          assertFalse(shown.contains("tentative"), shown);
          assertEquals(
              "1",
              Netns.in(
                  a.netns(),
                  () ->
                      Files.readString(Path.of("/proc/sys/net/ipv4/conf/lan0/log_martians"))
                          .strip()));
        });
  }
}
