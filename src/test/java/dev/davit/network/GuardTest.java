package dev.davit.network;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.netlink.Family;
import dev.davit.netlink.Message;
import dev.davit.netlink.Table;
import dev.davit.network.Guard.Voice;
import dev.davit.test.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Guard GUARD = new Guard(new Table(Family.BRIDGE, "davit"));
  private static final Voice HOST =
      new Voice("", "02:42:0a:59:00:01", List.of(Ip.parse("10.89.0.1"), Ip.parse("fd00::1")));
  private static final Voice WEB =
      new Voice("dv1", "02:42:0a:59:00:02", List.of(Ip.parse("10.89.0.2"), Ip.parse("fd00::2")));

  private static String print(List<Message> messages) {
    return messages.stream().map(message -> message + "\n").collect(joining());
  }

  @Test
  void installIsEverythingAboutThoseOnBridges() {
    Golden.check("network/guard.txt", print(GUARD.install(List.of(HOST, WEB))));
  }

  @Test
  void whatTwoHaveStaysUntilBothHaveGone() {
    var twin = new Voice("dv2", WEB.mac(), List.of(Ip.parse("10.89.0.3")));
    assertEquals(
        """
        add element bridge davit own_macs ["dv2" . 02:42:0a:59:00:02]
        add element bridge davit held_ipv4 [10.89.0.3]
        add element bridge davit own_ipv4 ["dv2" . 10.89.0.3]
        """,
        print(GUARD.change(List.of(HOST, WEB), List.of(HOST, WEB, twin))));
    assertEquals(
        """
        delete element bridge davit own_macs ["dv1" . 02:42:0a:59:00:02]
        delete element bridge davit held_ipv4 [10.89.0.2]
        delete element bridge davit own_ipv4 ["dv1" . 10.89.0.2]
        delete element bridge davit held_ipv6 [fd00:0:0:0:0:0:0:2]
        delete element bridge davit own_ipv6 ["dv1" . fd00:0:0:0:0:0:0:2]
        """,
        print(GUARD.change(List.of(HOST, WEB, twin), List.of(HOST, twin))));
    assertEquals("", print(GUARD.change(List.of(HOST), List.of(HOST))));
  }
}
