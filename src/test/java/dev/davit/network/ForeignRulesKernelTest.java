package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.netlink.RuleEvents;
import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others do to nf_tables.
@Kernel
class ForeignRulesKernelTest {
  @TempDir private Path directory;

  private static NetworkConfig dual(String name) {
    return NetworkConfig.bridge(name).withFamilies(true, true);
  }

  /// Does `change` and waits for the engine's answer to it, which is a change too.
  private static String after(Predicate<String> done, String... change) throws Exception {
    var changes = new SynchronousQueue<Boolean>();
    try (var _ = new RuleEvents(() -> changes.offer(true))) {
      Netns.run(change);
      String rules = Netns.run("nft", "list", "ruleset");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!done.test(rules) && System.nanoTime() < end) {
        var _ = changes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        rules = Netns.run("nft", "list", "ruleset");
      }
      return rules;
    }
  }

  @Test
  void flushedRulesComeBackAtOnce() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          var ports = List.of(PortBinding.tcp(8080, 80));
          var endpoints = List.of(EndpointConfig.of("shop", List.of()));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", endpoints, ports));
          String before = Netns.run("nft", "list", "ruleset");
          String bridge = networks.find("shop").orElseThrow().bridge();
          assertTrue(before.contains(bridge) && before.contains("table ip6"), before);
          assertEquals(before, after(before::equals, "nft", "flush", "ruleset"));
          String table = Holdings.table(directory.resolve("run").toAbsolutePath());
          assertEquals(before, after(before::equals, "nft", "delete", "table", "ip", table));
          String[] flush = {"nft", "flush", "chain", "ip6", table, "output"};
          assertEquals(before, after(before::equals, flush));
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertEquals("web to 10.89.0.1", Peer.ask("127.0.0.1", 8080));
          }
        });
  }

  @Test
  void aForwardChainThatDropsLetsContainersPass() throws Exception {
    PlayedHost.play(
        directory,
        networks -> {
          networks.create(dual("shop"));
          networks.create(NetworkConfig.bridge("other"));
          var ports = List.of(PortBinding.tcp(8080, 80));
          var endpoints = List.of(EndpointConfig.of("shop", List.of()));
          Sandbox a = networks.createSandbox(PlayedHost.config("a", "web", endpoints, ports));
          Sandbox c = networks.createSandbox(PlayedHost.config("c", "stranger", "other"));
          Netns.run("nft", "add table ip filter");
          String rules =
              after(
                  text -> text.contains("comment"),
                  "nft",
                  "add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }");
          assertTrue(rules.contains("iifname \"dv-*\" counter packets 0 bytes 0 accept"), rules);
          try (var _ = Peer.tcp(a.netns(), 80, "web")) {
            assertEquals(
                "web to 10.89.16.2", Netns.in(c.netns(), () -> Peer.ask("10.89.16.1", 8080)));
            assertFalse(Netns.in(c.netns(), () -> Peer.reaches("10.89.0.2", 80)));
          }
          for (String id : List.of("a", "c")) {
            networks.removeSandbox(id);
          }
          networks.list().forEach(network -> networks.remove(network.id()));
          rules = Netns.run("nft", "list", "ruleset");
          assertTrue(rules.contains("policy drop") && !rules.contains("dv-"), rules);
          Netns.run("nft", "delete table ip filter");
        });
  }
}
