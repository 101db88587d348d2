package dev.davit.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverOptionsTest {
  private static DriverOptions parse(Map<String, String> options) {
    return DriverOptions.parse(new VolumeConfig("data", "", options, Map.of())).orElseThrow();
  }

  @Test
  void wordsAreFlagsOrData() {
    var nfs =
        parse(Map.of("type", "nfs", "device", ":/srv", "o", "addr=10.0.0.1,ro,nosuid,vers=4"));
    assertEquals(new DriverOptions("nfs", ":/srv", 0x3, "addr=10.0.0.1,vers=4"), nfs);
    var bind = parse(Map.of("device", "/srv", "o", "bind"));
    assertEquals(new DriverOptions("", "/srv", 0x1000, ""), bind);
    assertEquals(0, parse(Map.of("type", "tmpfs", "device", "tmpfs", "o", "ro,rw")).flags());
  }

  @Test
  void whatDockerRefusesIsRefused() {
    for (Map<String, String> options :
        java.util.List.of(
            Map.of("typo", "nfs"), Map.of("type", "nfs"), Map.of("device", "/srv", "o", "ro"))) {
      assertThrows(DavitException.class, () -> parse(options), options::toString);
    }
  }
}
