package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.netlink.Link;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import dev.davit.test.Netns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A namespace that plays the host, so that the real host's networks stay as they are.
final class PlayedHost {
  private PlayedHost() {}

  interface Scene {
    void play(Networks networks) throws Exception;
  }

  /// Plays `scene` on a fresh host, on which nothing may be left behind.
  static void play(Path directory, Scene scene) throws Exception {
    Netns.fresh(
        () -> {
          try (Netlink netlink = Netlink.route()) {
            netlink.send(List.of(Rtnetlink.up(1)));
            var before = links(netlink);
            try (Networks networks = open(directory)) {
              scene.play(networks);
            } finally {
              try (Networks networks = open(directory)) {
                for (String id : List.of("a", "b", "c", "d")) {
                  networks.removeSandbox(id);
                }
                networks.list().forEach(network -> networks.remove(network.id()));
              }
            }
            assertEquals(before, links(netlink));
            assertEquals("", Netns.run("nft", "list", "ruleset"));
            assertFalse(Files.readString(Path.of("/proc/self/mounts")).contains("" + directory));
            for (String left : List.of("run/netns", "run/sandboxes", "state/networks")) {
              try (var files = Files.list(directory.resolve(left))) {
                assertEquals(List.of(), files.toList());
              }
            }
          }
          return null;
        });
  }

  static Networks open(Path directory) {
    return Networks.open(directory.resolve("state"), directory.resolve("run"));
  }

  static List<String> links(Netlink netlink) {
    return Rtnetlink.links(netlink).stream().map(Link::name).sorted().toList();
  }

  static SandboxConfig config(String id, String name, String network) {
    return config(id, name, List.of(EndpointConfig.of(network, List.of(name))), List.of());
  }

  /// One on a network, with ports of it that the host publishes.
  static SandboxConfig published(String id, String name, String network, PortBinding... ports) {
    return config(id, name, List.of(EndpointConfig.of(network, List.of())), List.of(ports));
  }

  static SandboxConfig config(
      String id, String name, List<EndpointConfig> endpoints, List<PortBinding> ports) {
    return new SandboxConfig(id, name, List.of("my-" + name), endpoints, ports, DnsConfig.HOST);
  }
}
