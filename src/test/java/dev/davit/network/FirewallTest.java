package dev.davit.network;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.netlink.Message;
import dev.davit.test.Golden;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirewallTest {
  private static final Firewall FIREWALL = new Firewall("davit");
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
    var config = new NetworkConfig(name, "bridge", internal, List.of(), Map.of(), Map.of());
    Cidr subnet = Cidr.parse("10.89.0.0/24");
    return new Network(name, config, "dv-" + name, subnet, Ipv4.parse("10.89.0.1"), Instant.EPOCH);
  }

  private static String print(List<Message> messages) {
    return messages.stream().map(message -> message + "\n").collect(joining());
  }
}
