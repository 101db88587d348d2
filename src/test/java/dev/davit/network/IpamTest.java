package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IpamTest {
  @Test
  void chooseSubnetAvoidsWhatIsHeld() {
    assertEquals("10.89.0.0/24", chosen());
    assertEquals("10.89.1.0/24", chosen("10.89.0.128/25"));
    assertEquals("10.89.2.0/24", chosen("10.89.0.0/23"));
    assertEquals("172.20.0.0/24", chosen("10.0.0.0/8"));
    assertEquals("192.168.128.0/24", chosen("10.0.0.0/8", "172.16.0.0/12"));
    assertEquals("10.89.0.0/24", chosen("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"));
    var e =
        assertThrows(
            DavitException.class, () -> chosen("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"));
    assertEquals(Kind.UNAVAILABLE, e.kind());
  }

  private static String chosen(String... held) {
    var all = List.of(held).stream().map(range -> held(range, false)).toList();
    return Ipam.chooseSubnet(all).subnet().toString();
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
        Optional.ofNullable(gateway).map(Ipv4::parse),
        Optional.ofNullable(range).map(Cidr::parse));
  }

  private static String message(org.junit.jupiter.api.function.Executable code) {
    return assertThrows(DavitException.class, code).getMessage();
  }

  @Test
  void chooseGivesEveryAddressOnceAndThenNone() {
    var subnet = subnet("10.1.2.0/29", null, null);
    var config = new NetworkConfig("n", "bridge", false, List.of(subnet), Map.of(), Map.of());
    var network =
        new Network("id", config, "dv-id", subnet.subnet(), Ipam.gateway(subnet), Instant.EPOCH);
    var taken = new HashSet<Ipv4>();
    for (int i = 2; i <= 6; i++) {
      Ipv4 address = Ipam.choose(network, taken);
      assertEquals("10.1.2." + i, address.toString());
      assertTrue(taken.add(address));
    }
    assertEquals(
        "no free address in \"10.1.2.0/29\" of network \"n\"",
        message(() -> Ipam.choose(network, taken)));
    assertEquals(
        "address \"10.1.2.1\" is the gateway of network \"n\"",
        message(() -> Ipam.checkStatic(network, Ipv4.parse("10.1.2.1"))));
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
    for (String bad : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "/8", "fd00::/64")) {
      assertThrows(DavitException.class, () -> Cidr.parse(bad));
    }
  }
}
