package dev.davit.compose.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Suggestion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Durations, sizes, modes, addresses, words.
class ValuesTest {
  @Test
  void subnetsContainAddresses() {
    assertTrue(IpText.contains("10.4.0.0/15", "10.5.255.1"));
    assertFalse(IpText.contains("10.4.0.0/16", "10.5.0.1"));
    assertTrue(IpText.contains("0.0.0.0/0", "10.5.0.1"));
    assertTrue(IpText.contains("fd00::/64", "fd00::9"));
    assertFalse(IpText.contains("fd00::/64", "fd00:0:0:1::9"));
    assertFalse(IpText.contains("fd00::/64", "10.5.0.1"));
    assertFalse(IpText.contains("10.4.0.0/16", "::ffff:10.5.0.1"));
  }

  @Test
  void durations() {
    assertEquals(Duration.ofMillis(3_930_020), Durations.parse("1h5m30s20ms"));
    assertEquals(Duration.ofDays(15), Durations.parse("2w1d"));
    assertEquals(Duration.ofMillis(1500), Durations.parse("1.5s"));
    for (String text : List.of("", "10", "1x", "s", "1h 5m", "-1s", "9999999w")) {
      assertThrows(MalformedException.class, () -> Durations.parse(text), text);
    }
  }

  @Test
  void durationsPrintAsInGo() {
    for (String text : List.of("1m30s", "2m0s", "1h0m0.5s", "20ms", "1.5s", "5µs", "7ns", "0s")) {
      assertEquals(text, Durations.print(Durations.parse(text)));
    }
  }

  @Test
  void sizes() {
    assertEquals(512L << 20, Bytes.parse("512m"));
    assertEquals(512L << 20, Bytes.parse("512MiB"));
    assertEquals(1536L << 20, Bytes.parse("1.5 GB"));
    assertEquals(-1, Bytes.parse("-1"));
    assertEquals(7, Bytes.parse("7b"));
    for (String text : List.of("", "m", "1z", "1mm", "99999999999g")) {
      assertThrows(MalformedException.class, () -> Bytes.parse(text), text);
    }
  }

  @Test
  void modes() {
    assertEquals(0440, Numbers.octal("0440"));
    assertEquals(01777, Numbers.octal("0o1777"));
    assertThrows(MalformedException.class, () -> Numbers.octal("0880"));
  }

  @Test
  void addresses() {
    for (String text : List.of("10.0.0.1", "255.255.255.255")) {
      assertTrue(IpText.isV4(text), text);
    }
    for (String text : List.of("::", "::1", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1")) {
      assertTrue(IpText.isV6(text), text);
    }
    for (String text : List.of("1.2.3", "256.1.1.1", ":", "1:2:3", "1::2::3", "12345::", "x::")) {
      assertFalse(IpText.isV4(text) || IpText.isV6(text), text);
    }
  }

  @Test
  void suggestions() {
    List<String> known = List.of("image", "init", "ports", "environment");
    assertEquals("did you mean \"image\"?", Suggestion.of("imge", known));
    assertEquals("did you mean \"environment\"?", Suggestion.of("enviroment", known));
    assertEquals("did you mean \"ports\"?", Suggestion.of("prots", known));
    assertNull(Suggestion.of("volumes", known));
  }

  @Test
  void decimalWithAHugeExponentIsRefused() {
    assertEquals("1200", Numbers.decimal("1.2e3"));
    assertThrows(MalformedException.class, () -> Numbers.decimal("1e999999999"));
    assertThrows(MalformedException.class, () -> Numbers.decimal("1e-999999999"));
  }
}
