package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IpamTest {
  @Test
  void chooseSubnetAvoidsWhatIsHeld() {
    assertEquals("10.89.0.0/20", chosen());
    assertEquals("10.89.16.0/20", chosen("10.89.0.128/25"));
    assertEquals("10.89.32.0/20", chosen("10.89.0.0/19"));
    assertEquals("172.20.0.0/20", chosen("10.0.0.0/8"));
    assertEquals("192.168.128.0/20", chosen("10.0.0.0/8", "172.16.0.0/12"));
    assertEquals("10.89.0.0/20", chosen("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"));
    var e =
        assertThrows(
            DavitException.class, () -> chosen("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().startsWith("no free subnet in 10.89.0.0/16, 172.20.0.0/14"));
  }

  @Test
  void subnetsAreGivenUntilNoRoomIsLeft() {
    var held =
        new ArrayList<Held>(List.of(held("172.16.0.0/12", false), held("192.0.0.0/8", true)));
    // A part of somebody else's in the midst: the rest is cut into smaller ones.
    held.add(held("10.89.3.0/24", false));
    var lengths = new TreeMap<Integer, Integer>();
    for (int i = 0; i < 15 + 15; i++) {
      Cidr next = Ipam.chooseSubnet(AddressPools.USUAL, held).subnet();
      assertTrue(held.stream().noneMatch(other -> other.range().overlaps(next)), "" + next);
      lengths.merge(next.length(), 1, Integer::sum);
      held.add(new Held(next, "network", true));
    }
    assertEquals(Map.of(20, 15, 24, 15), lengths);
    assertThrows(DavitException.class, () -> Ipam.chooseSubnet(AddressPools.USUAL, held));
  }

  private static String chosen(String... held) {
    var all = List.of(held).stream().map(range -> held(range, false)).toList();
    return Ipam.chooseSubnet(AddressPools.USUAL, all).subnet().toString();
  }

  private static Held held(String range, boolean connected) {
    return new Held(Cidr.parse(range), "interface \"eth0\"", connected);
  }

  @Test
  void checkSubnetSaysWhoHoldsIt() {
    Subnet subnet = subnet("10.1.2.0/24", null, null);
    Ipam.checkSubnet(subnet, List.of(held("10.0.0.0/8", false), held("10.2.0.0/16", true)));
    assertEquals(
        "subnet \"10.1.2.0/24\" overlaps \"10.0.0.0/8\" of interface \"eth0\"",
        message(() -> Ipam.checkSubnet(subnet, List.of(held("10.0.0.0/8", true)))));
    assertEquals(
        "subnet \"10.1.2.0/24\" overlaps \"10.1.2.128/25\" of interface \"eth0\"",
        message(() -> Ipam.checkSubnet(subnet, List.of(held("10.1.2.128/25", false)))));
  }

  @Test
  void checkSubnetRefusesContradictions() {
    assertEquals(
        "gateway \"10.1.3.1\" is no address of a host in subnet \"10.1.2.0/24\"",
        message(() -> Ipam.checkSubnet(subnet("10.1.2.0/24", "10.1.3.1", null), List.of())));
    assertEquals(
        "gateway \"10.1.2.255\" is no address of a host in subnet \"10.1.2.0/24\"",
        message(() -> Ipam.checkSubnet(subnet("10.1.2.0/24", "10.1.2.255", null), List.of())));
    assertEquals(
        "ip range \"10.1.0.0/16\" is not in subnet \"10.1.2.0/24\"",
        message(() -> Ipam.checkSubnet(subnet("10.1.2.0/24", null, "10.1.0.0/16"), List.of())));
    assertEquals(
        "subnet \"10.1.2.0/31\" is not between /8 and /30",
        message(() -> Ipam.checkSubnet(subnet("10.1.2.0/31", null, null), List.of())));
  }

  private static Subnet subnet(String cidr, String gateway, String range) {
    return new Subnet(
        Cidr.parse(cidr),
        Optional.ofNullable(gateway).map(Ip::parse),
        Optional.ofNullable(range).map(Cidr::parse),
        Map.of());
  }

  private static String message(org.junit.jupiter.api.function.Executable code) {
    return assertThrows(DavitException.class, code).getMessage();
  }

  @Test
  void chooseGivesEveryAddressOnceAndThenNone() {
    var subnet = subnet("10.1.2.0/29", null, null);
    Network network = network(subnet);
    var taken = new HashSet<Ip>();
    for (int i = 2; i <= 6; i++) {
      Ip address = Ipam.choose(network, subnet, taken);
      assertEquals("10.1.2." + i, address.toString());
      assertTrue(taken.add(address));
    }
    assertEquals(
        "no free address in \"10.1.2.0/29\" of network \"n\", which has 5 for containers",
        message(() -> Ipam.choose(network, subnet, taken)));
    assertEquals(
        "address \"10.1.2.1\" is the gateway of network \"n\"",
        message(() -> Ipam.checkStatic(network, subnet, Ip.parse("10.1.2.1"))));
  }

  private static Network network(Subnet subnet) {
    var config = NetworkConfig.bridge("n").withIpam(subnet);
    return new Network("id", config, "dv-id", true, List.of(subnet), Instant.EPOCH);
  }

  @Test
  void reservedAddressesAreGivenToNobody() {
    var subnet =
        new Subnet(
            Cidr.parse("10.1.2.0/29"),
            Optional.empty(),
            Optional.empty(),
            Map.of("printer", Ip.parse("10.1.2.2")));
    Ipam.checkSubnet(subnet, List.of());
    assertEquals("10.1.2.3", Ipam.choose(network(subnet), subnet, Set.of()).toString());
    var elsewhere =
        new Subnet(
            subnet.subnet(),
            Optional.empty(),
            Optional.empty(),
            Map.of("printer", Ip.parse("10.1.3.2")));
    assertEquals(
        "printer \"10.1.3.2\" is no address of a host in subnet \"10.1.2.0/29\"",
        message(() -> Ipam.checkSubnet(elsewhere, List.of())));
  }

  @Test
  void everyMachineChoosesIpv6SubnetsOfItsOwn() {
    Ipv6 site = Ipam.site("machine");
    Subnet first = Ipam.chooseIpv6Subnet(site, List.of());
    assertEquals(64, first.subnet().length());
    assertTrue(Cidr.parse("fd00::/8").contains(first.subnet()), first.subnet().toString());
    Subnet second = Ipam.chooseIpv6Subnet(site, List.of(new Held(first.subnet(), "network", true)));
    assertFalse(first.subnet().overlaps(second.subnet()));
    assertTrue(new Cidr(site, 48).contains(second.subnet()));
    assertFalse(new Cidr(Ipam.site("other"), 48).contains(first.subnet()));
    assertEquals(first.host().plus(1), Ipam.choose(network(first), first, Set.of()));
  }

  @Test
  void ipv6AddressesPrintShort() {
    for (String text : List.of("::", "::1", "fd00::2", "1:2:3:4:5:6:7:8", "fe80::1:0:0:1")) {
      assertEquals(text, Ipv6.parse(text).toString());
    }
    assertEquals("fd00:0:0:1::2", Ipv6.parse("FD00:0000:0:1:0:0:0:2").toString());
    assertEquals("::ffff:a00:1", Ipv6.parse("::ffff:10.0.0.1").toString());
    assertEquals("fd00:0:0:1::", Ipv6.parse("fd00::ffff:ffff:ffff:ffff").plus(1).toString());
    for (String bad : List.of("fe80::1%eth0", "1:2", ":::", "fd00::g", "10.0.0.1")) {
      assertEquals("\"" + bad + "\" is no IPv6 address", message(() -> Ipv6.parse(bad)));
    }
  }

  @Test
  void addressesAndRangesReadAsTheyPrint() {
    assertEquals("255.0.10.1", Ipv4.parse("255.0.10.1").toString());
    assertEquals("10.1.0.0/16", Cidr.parse("10.1.2.3/16").toString());
    assertEquals("10.1.255.255", Cidr.parse("10.1.2.3/16").last().toString());
    assertTrue(Cidr.parse("0.0.0.0/0").contains(Ipv4.parse("200.1.1.1")));
    assertFalse(Cidr.parse("10.0.0.0/32").contains(Ipv4.parse("10.0.0.1")));
    for (String bad : List.of("", "1.2.3", "1.2.3.256", "1.2.3.-4", "1.2.3.4.5", "a.b.c.d")) {
      assertEquals("\"" + bad + "\" is no IPv4 address", message(() -> Ipv4.parse(bad)));
    }
    assertEquals("fd00:89::/48", Cidr.parse("fd00:89::7/48").toString());
    assertEquals("fd00::ffff", Cidr.parse("fd00::/112").last().toString());
    assertFalse(Cidr.parse("::/0").contains(Ip.parse("10.0.0.1")));
    for (String bad : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "/8", "fd00::/129")) {
      assertThrows(DavitException.class, () -> Cidr.parse(bad));
    }
  }
}
