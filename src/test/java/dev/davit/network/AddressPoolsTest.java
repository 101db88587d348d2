package dev.davit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolsTest {
  @Test
  void theUsualNetworksHaveRoomForFourThousand() {
    Cidr first = AddressPools.USUAL.subnets().findFirst().orElseThrow();
    assertTrue(Ipam.room(Subnet.of(first)) > 4000, () -> first.toString());
    assertEquals(AddressPools.USUAL, AddressPools.parse(" "));
  }

  @Test
  void poolsAreCutAsTheySay() {
    var pools = AddressPools.parse("10.1.0.0/23:24 , 192.168.7.64/26:27,10.9.0.0/16:16");
    assertEquals(
        List.of("10.1.0.0/24", "10.1.1.0/24", "192.168.7.64/27", "192.168.7.96/27", "10.9.0.0/16"),
        pools.subnets().map(Cidr::toString).toList());
    assertEquals("10.1.0.0/23, 192.168.7.64/26, 10.9.0.0/16", pools.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/8",
        "10.0.0.0/8:",
        "10.0.0.0/8:7",
        "10.0.0.0/8:30",
        "fd00::/48:64",
        "x/8:24",
        "10.0.0.0/8:24,",
        "10.0.0.0/8:-1",
        "base=10.0.0.0/8,size=24"
      })
  void whatIsNoneIsRefused(String text) {
    var e = assertThrows(DavitException.class, () -> AddressPools.parse(text));
    assertEquals(Kind.INVALID, e.kind());
    assertTrue(e.action().isPresent(), text);
  }

  @Test
  void roomCountsWhatContainersCanHave() {
    assertEquals(253, Ipam.room(Subnet.of(Cidr.parse("10.1.2.0/24"))));
    assertEquals(1, Ipam.room(Subnet.of(Cidr.parse("10.1.2.0/30"))));
  }
}
