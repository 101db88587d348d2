package dev.davit.cli.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.cli.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubnetWordsTest {
  private static final List<String> BOTH = List.of("10.9.0.0/16", "fd00:9::/64");

  private static SubnetWords words(List<String> gateways, List<String> ranges, String auxiliary) {
    return new SubnetWords(
        BOTH, gateways, ranges, auxiliary.isEmpty() ? Map.of() : Map.of("router", auxiliary));
  }

  private static void refused(String message, SubnetWords words) {
    assertEquals(message, assertThrows(UsageException.class, words::parse).getMessage());
  }

  @Test
  void eachGoesToTheSubnetThatItIsOf() {
    var parsed =
        words(List.of("fd00:9::9", "10.9.0.9"), List.of("10.9.1.0/24"), "fd00:9::2").parse();
    assertEquals(
        List.of(
            "10.9.0.0/16 10.9.0.9 Optional[10.9.1.0/24] {}",
            "fd00:9::/64 fd00:9::9 Optional.empty {router=fd00:9::2}"),
        parsed.stream()
            .map(it -> it.subnet() + " " + it.host() + " " + it.ipRange() + " " + it.reserved())
            .toList());
  }

  @Test
  void whatIsOfNoneOrTwiceIsRefused() {
    refused(
        "no matching subnet for gateway \"10.8.0.1\"", words(List.of("10.8.0.1"), List.of(), ""));
    refused(
        "no matching subnet for ip range \"10.0.0.0/8\"",
        words(List.of(), List.of("10.0.0.0/8"), ""));
    refused(
        "no matching subnet for auxiliary address \"10.8.0.1\"",
        words(List.of(), List.of(), "10.8.0.1"));
    refused(
        "subnet \"10.9.0.0/16\" cannot have more than one gateway",
        words(List.of("10.9.0.1", "10.9.0.2"), List.of(), ""));
  }
}
