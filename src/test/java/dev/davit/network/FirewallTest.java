package dev.davit.network;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.netlink.Family;
import dev.davit.netlink.Message;
import dev.davit.netlink.Table;
import dev.davit.test.Golden;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirewallTest {
  private static final Firewall FIREWALL = new Firewall(new Table(Family.IP, "davit"));
  private static final List<Firewall.Forward> FORWARDS =
      List.of(
          new Firewall.Forward(new PublishedPort("", 8080, 80, "tcp"), Ipv4.parse("10.89.0.2")),
          new Firewall.Forward(
              new PublishedPort("127.0.0.1", 5353, 53, "udp"), Ipv4.parse("10.89.0.2")));

  @Test
  void installIsEverythingAnEngineHas() {
    var networks = List.of(network("front", false), network("back", true));
    Golden.check("network/firewall.txt", print(FIREWALL.install(networks, FORWARDS)));
  }

  @Test
  void ipv6HasTheSameRulesOnLongerAddresses() {
    var networks = List.of(network("front", false), network("back", true));
    var forwards =
        List.of(
            new Firewall.Forward(new PublishedPort("::", 8080, 80, "tcp"), Ip.parse("fd00:89::2")),
            new Firewall.Forward(
                new PublishedPort("fd00::1", 5353, 53, "sctp"), Ip.parse("fd00:89::2")));
    var firewall = new Firewall(new Table(Family.IP6, "davit"));
    var all = Stream.concat(FORWARDS.stream(), forwards.stream()).toList();
    Golden.check("network/firewall6.txt", print(firewall.install(networks, all)));
  }

  @Test
  void optionsOfABridgeTakeItOutOfSets() {
    var config =
        NetworkConfig.bridge("apart")
            .withOptions(
                Map.of(
                    "com.docker.network.bridge.enable_icc", "false",
                    "com.docker.network.bridge.enable_ip_masquerade", "0"));
    var apart =
        new Network(
            "apart",
            config,
            "dv-apart",
            true,
            List.of(Subnet.of(Cidr.parse("10.89.0.0/24"))),
            Instant.EPOCH);
    assertEquals(
        "add element ip davit bridges [\"dv-apart\"]\n",
        print(
            FIREWALL.install(List.of(apart), List.of()).stream()
                .filter(message -> message.toString().startsWith("add element"))
                .toList()));
  }

  @Test
  void portsComeAndGoAsElements() {
    assertEquals(
        """
        add element ip davit ports [6 . 8080 : 10.89.0.2 . 80]
        add element ip davit ports_at [127.0.0.1 . 17 . 5353 : 10.89.0.2 . 53]
        add element ip davit self [10.89.0.2 . 10.89.0.2]
        """,
        print(FIREWALL.add(FORWARDS)));
    assertEquals(
        """
        delete element ip davit ports [6 . 8080]
        delete element ip davit ports_at [127.0.0.1 . 17 . 5353]
        delete element ip davit self [10.89.0.2 . 10.89.0.2]
        """,
        print(FIREWALL.delete(FORWARDS)));
  }

  @Test
  void everyRunDirectoryHasATableOfItsOwn() {
    assertEquals("davit", Holdings.table(Path.of("/run/davit")));
    assertEquals("davit-2f1d9ac8".length(), Holdings.table(Path.of("/tmp/x")).length());
  }

  private static Network network(String name, boolean internal) {
    var usual = NetworkConfig.bridge(name);
    var subnets =
        List.of(Subnet.of(Cidr.parse("10.89.0.0/24")), Subnet.of(Cidr.parse("fd00:89::/64")));
    var config = internal ? usual.asInternal() : usual;
    return new Network(name, config, "dv-" + name, true, subnets, Instant.EPOCH);
  }

  private static String print(List<Message> messages) {
    return messages.stream().map(message -> message + "\n").collect(joining());
  }
}
