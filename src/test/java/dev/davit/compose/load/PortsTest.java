package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static List<Port> ports(String list) {
    return Stack.web("ports: " + list).service().networking().ports();
  }

  @Test
  void shortFormIsTheLongOne() {
    var port = new Port("127.0.0.1", "8080", 80, "udp");
    assertEquals(List.of(port), ports("['127.0.0.1:8080:80/udp']"));
    assertEquals(
        List.of(port), ports("[{target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp}]"));
  }

  @Test
  void rangesBecomeOnePortEach() {
    assertEquals(
        List.of(new Port("", "9000", 90, "tcp"), new Port("", "9001", 91, "tcp")),
        ports("['9000-9001:90-91']"));
    assertEquals(List.of(new Port("", "8000-8010", 80, "tcp")), ports("['8000-8010:80']"));
  }

  @Test
  void withoutHostPortAnyFreeOneIsTaken() {
    assertEquals(List.of(new Port("", "", 80, "tcp")), ports("[80]"));
    assertEquals(List.of(new Port("10.0.0.1", "", 80, "tcp")), ports("['10.0.0.1::80']"));
    assertEquals(List.of(new Port("::1", "6000", 6001, "tcp")), ports("['[::1]:6000:6001']"));
    assertEquals(List.of(new Port("::1", "6000", 6001, "tcp")), ports("['::1:6000:6001']"));
  }

  @Test
  void portZeroOfTheHostIsAnyFreeOneToo() {
    assertEquals(List.of(new Port("", "0", 80, "tcp")), ports("['0:80']"));
    assertEquals(List.of(new Port("", "0", 80, "tcp")), ports("[{target: 80, published: 0}]"));
    assertEquals("services.web.ports[0]: invalid port \"0\"", Stack.web("ports: ['80:0']").error());
  }

  @Test
  void sixtyIsNotTheBase() {
    assertEquals(List.of(new Port("", "22", 22, "tcp")), ports("[22:22]"));
  }

  @Test
  void sameTwiceIsOne() {
    assertEquals(1, ports("['80:80', {target: 80, published: '80'}]").size());
  }

  @Test
  void badOnes() {
    Stack stack = Stack.web("ports: ['1-3:1-2', '1.2.3:80:80', '80/xyz', '65536', '2-1']");
    assertEquals(
        5,
        org.junit.jupiter.api.Assertions.assertThrows(ComposeFileException.class, stack::load)
            .problems()
            .size());
    assertEquals(
        "services.web.ports[0]: attribute \"target\" is missing",
        Stack.web("ports: [{published: 1}]").error());
  }

  @Test
  void exposeKeepsItsText() {
    assertEquals(
        List.of("3000", "8000-8010/udp"),
        Stack.web("expose: [3000, 8000-8010/udp]").service().networking().expose());
  }
}
