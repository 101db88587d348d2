package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A container, even one that may change its own interfaces, must not be taken for another one, nor
/// find doors of the host that were not opened for it.
@Kernel
class IsolationKernelTest {
  @TempDir private Path directory;

  private interface Scene {
    void play(Networks networks, Sandbox a, Sandbox b, Sandbox c) throws Exception;
  }

  private void onOneNetwork(Scene scene) throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(
              NetworkConfig.bridge("shop")
                  .withFamilies(true, true)
                  .withIpam(Subnet.of(Cidr.parse("fd00:89::/64"))));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "liar", "shop"));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "victim", "shop"));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "db", "shop"));
          try (var _ = Peer.tcp(a.netns(), 80, "liar");
              var _ = Peer.tcp(b.netns(), 80, "victim");
              var _ = Peer.tcp(c.netns(), 80, "db")) {
            scene.play(networks, a, b, c);
          }
        });
  }

  private static void ip(Sandbox in, String... words) throws Exception {
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    assertEquals("", Netns.in(in.netns(), () -> Netns.run(command.toArray(String[]::new))));
  }

  private static boolean reaches(Sandbox from, String address) throws Exception {
    return Netns.in(from.netns(), () -> Peer.reaches(address, 80));
  }

  @Test
  void nobodyAnswersForAnother() throws Exception {
    onOneNetwork(
        (_, a, b, c) -> {
          List<String> addresses =
              c.endpoints().getFirst().addresses().stream().map(Ip::toString).toList();
          for (String address : addresses) {
            assertTrue(reaches(b, address));
          }
          ip(a, "address", "add", addresses.getFirst() + "/32", "dev", "eth0");
          ip(a, "address", "add", addresses.getLast() + "/128", "dev", "eth0", "nodad");
          ip(c, "link", "set", "eth0", "down");
          ip(b, "neigh", "flush", "dev", "eth0");
          for (String address : addresses) {
            assertFalse(reaches(b, address), address);
          }
          // What nobody has is free, so it is not that the network is dead.
          ip(a, "address", "add", "10.89.0.200/32", "dev", "eth0");
          ip(a, "address", "add", "fd00:89::200/128", "dev", "eth0", "nodad");
          assertTrue(reaches(b, "10.89.0.200"));
          assertTrue(reaches(b, "fd00:89::200"));
        });
  }

  @Test
  void nobodySendsWithTheMacAddressOfAnotherOrOfTheHost() throws Exception {
    onOneNetwork(
        (networks, a, b, c) -> {
          String victim = b.endpoints().getFirst().address().toString();
          String own = a.endpoints().getFirst().mac();
          String host = Wiring.mac(networks.find("shop").orElseThrow().subnets().getFirst().host());
          for (String mac : List.of(c.endpoints().getFirst().mac(), host)) {
            ip(a, "link", "set", "eth0", "address", mac);
            assertFalse(reaches(a, victim), mac);
          }
          ip(a, "link", "set", "eth0", "address", "02:42:00:00:00:99");
          assertTrue(reaches(a, victim));
          ip(a, "link", "set", "eth0", "address", own);
          assertTrue(reaches(a, victim));
          assertTrue(reaches(b, c.endpoints().getFirst().address().toString()));
        });
  }

  @Test
  void whoTakesThePlaceOfOneThatHasGoneSpeaksAsItself() throws Exception {
    onOneNetwork(
        (networks, _, b, c) -> {
          networks.removeSandbox("c");
          Sandbox d = networks.createSandbox(PlayedHost.config("d", "next", "shop"));
          assertEquals(c.endpoints().getFirst().addresses(), d.endpoints().getFirst().addresses());
          try (var _ = Peer.tcp(d.netns(), 80, "next")) {
            for (Ip address : d.endpoints().getFirst().addresses()) {
              assertTrue(reaches(b, address.toString()));
            }
          }
          networks.close();
          try (Networks again = PlayedHost.open(directory)) {
            assertTrue(again.sandbox("b").isPresent());
            try (var _ = Peer.tcp(d.netns(), 80, "next")) {
              assertTrue(reaches(b, d.endpoints().getFirst().address().toString()));
            }
          }
        });
  }

  @Test
  void aContainerFindsNoDoorOfTheHostButThoseThatWereOpened() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(NetworkConfig.bridge("shop"));
          networks.create(NetworkConfig.bridge("other"));
          Sandbox a =
              networks.createSandbox(
                  PlayedHost.published(
                      "a",
                      "web",
                      "shop",
                      PortBinding.tcp(1500, 80),
                      new PortBinding("127.0.0.1", 1501, 1501, 80, "tcp")));
          Sandbox b = networks.createSandbox(PlayedHost.config("b", "neighbour", "shop"));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "stranger", "other"));
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            for (Sandbox from : List.of(b, c)) {
              for (String host : List.of("10.89.0.1", "10.89.16.1")) {
                assertEquals(List.of(1500), Netns.in(from.netns(), () -> open(host)), host);
              }
            }
          }
        });
  }

  /// The ports up to 2000 that let in or do not answer.
  private static List<Integer> open(String host) throws Exception {
    var found = new ArrayList<Integer>();
    for (int port = 1; port <= 2000; port++) {
      try (var channel = java.nio.channels.SocketChannel.open()) {
        channel.socket().connect(Peer.at(host, port), 300);
        found.add(port);
      } catch (java.net.ConnectException e) {
        // Refused at once.
      } catch (java.net.SocketTimeoutException e) {
        found.add(port);
      }
    }
    return found;
  }
}
