package dev.davit.netlink;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.linux.Fd;
import dev.davit.netlink.SetType.Field;
import dev.davit.test.Golden;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Table DAVIT = new Table(Family.IP, "davit");

  @Test
  void encodeOfRtnetlink() {
    var fd = new Fd(7, "netns");
    Golden.check(
        "netlink/rtnetlink.txt",
        print(
            Stream.of(
                Rtnetlink.addBridge("dv-0123456789ab", "02:42:0a:59:00:01", 1500),
                Rtnetlink.addVeth(new Veth("dvhost", 3, 1400, fd, "eth0", "02:42:0a:59:00:02")),
                Rtnetlink.attach("dvhost", 3),
                Rtnetlink.hairpin("dvhost"),
                Rtnetlink.up(1),
                Rtnetlink.addAddress(2, inet(10, 89, 0, 2), 20),
                Rtnetlink.defaultRoute(inet(10, 89, 0, 1), 2),
                Rtnetlink.deleteDefaultRoute(),
                Rtnetlink.deleteLink("dvhost"),
                Rtnetlink.isolate("dvhost"),
                Rtnetlink.group("dvhost", 7),
                Rtnetlink.deleteGroup(7),
                Rtnetlink.addVlan(new Vlan("eth0.10", 2, 10)),
                Rtnetlink.addSlave(
                    new Slave("eth0", Slave.Kind.MACVLAN, 4, 0, 2, fd, "02:42:0a:59:00:02")),
                Rtnetlink.addSlave(new Slave("eth0", Slave.Kind.IPVLAN, 1, 0, 2, fd, "")),
                Rtnetlink.addAddress(2, InetAddress.ofLiteral("fd00::2"), 64),
                Rtnetlink.defaultRoute(InetAddress.ofLiteral("fd00::1"), 2),
                Rtnetlink.defaultRoute(Family.IP6, 2))));
  }

  @Test
  void encodeOfNftables() {
    var map = new SetType("ports", List.of(Field.INET_SERVICE), List.of(Field.IPV4_ADDR));
    var element = Element.key().port(8080).to().address(inet(10, 89, 0, 2));
    Golden.check(
        "netlink/nftables.txt",
        print(
            Stream.of(
                    Stream.of(
                        Nftables.BEGIN,
                        Nftables.addTable(DAVIT),
                        Nftables.addChain(
                            DAVIT, new Chain("pre", "nat", Chain.Hook.PREROUTING, -100)),
                        Nftables.addSet(DAVIT, map, 1)),
                    Nftables.addElements(DAVIT, map, List.of(element)).stream(),
                    Stream.of(
                        Nftables.addRule(
                            DAVIT,
                            "pre",
                            List.of(
                                new Expression.Payload(2, 2, 2, 1),
                                new Expression.InMap(1, "ports", 1),
                                new Expression.Verdict(false))),
                        Nftables.deleteTable(DAVIT),
                        Nftables.END))
                .flatMap(each -> each)));
  }

  @Test
  void addElementsSplitsWhatOneAttributeCannotHold() {
    var set = new SetType("ports", List.of(Field.INET_SERVICE), List.of());
    var elements =
        Stream.iterate(1, port -> port + 1).limit(1201).map(p -> Element.key().port(p)).toList();
    assertEquals(3, Nftables.addElements(DAVIT, set, elements).size());
  }

  @Test
  void attributesSurviveParsing() {
    byte[] bytes = new Attributes().string(3, "eth0").u32(10, 7).bytes(1, (byte) 1).toByteArray();
    Map<Integer, byte[]> found = Attributes.parse(bytes, 0);
    assertEquals("eth0", Attributes.toText(found.get(3)));
    assertEquals(7, Attributes.toInt(found.get(10)));
    assertEquals("01", HexFormat.of().formatHex(found.get(1)));
  }

  @Test
  void parseLeavesOutWhatIsCutShort() {
    byte[] bytes = new Attributes().u32(1, 1).u32(2, 2).toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertEquals(length < 8 ? 0 : 1, Attributes.parse(cut, 0).size());
    }
    byte[] message = Rtnetlink.up(1).encode(9, 0);
    assertEquals(9, Reply.parse(message).getFirst().sequence());
    assertEquals(0, Reply.parse(java.util.Arrays.copyOf(message, 20)).size());
  }

  @Test
  void explanationIsFoundBehindTheRequest() {
    byte[] body =
        HexFormat.of()
            .parseHex(
                "edffffff"
                    + "20000000"
                    + "1000050001000000"
                    + "00000000"
                    + "0a000100"
                    + "4e6f7065"
                    + "2e000000");
    assertEquals(19, new Reply(2, 0x300, 1, new Reply.Body(body)).errno());
    assertEquals("Nope.", new Reply(2, 0x300, 1, new Reply.Body(body)).explanation());
    assertEquals("", new Reply(2, 0x100, 1, new Reply.Body(body)).explanation());
  }

  private static String print(Stream<Message> messages) {
    return messages.map(Message::dump).collect(joining());
  }

  private static Inet4Address inet(int... parts) {
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) parts[i];
    }
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
