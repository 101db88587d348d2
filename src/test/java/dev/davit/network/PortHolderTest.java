package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PortHolderTest {
  private static final String LISTEN = "0A";
  private static final String ESTABLISHED = "01";

  private static boolean holds(String local, String state, PublishedPort port) {
    return PortHolder.holds(new String[] {"0:", local, "00000000:0000", state}, port);
  }

  @Test
  void holdsComparesPortAddressAndState() {
    var all = new PublishedPort("", 8080, 80, "tcp");
    var loopback = new PublishedPort("127.0.0.1", 8080, 80, "tcp");
    assertTrue(holds("0100007F:1F90", LISTEN, all));
    assertTrue(holds("0100007F:1F90", LISTEN, loopback));
    assertTrue(holds("00000000:1F90", LISTEN, loopback));
    assertTrue(holds("00000000000000000000000000000000:1F90", LISTEN, loopback));
    assertFalse(holds("0200007F:1F90", LISTEN, loopback));
    assertFalse(holds("0100007F:1F91", LISTEN, all));
    assertFalse(holds("0100007F:1F90", ESTABLISHED, all));
    assertTrue(holds("0100007F:1F90", "07", new PublishedPort("", 8080, 80, "udp")));
  }
}
