package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcFilesTest {
  @Test
  void hostsHaveEveryAddressOfAName() {
    assertEquals(
        "127.0.0.1\tlocalhost\n10.0.0.2\ta\n10.0.0.1\ta\n::2\tb\n",
        EtcFiles.hosts(
            "127.0.0.1\tlocalhost\n",
            Map.of("b", List.of("::2"), "a", List.of("10.0.0.2", "10.0.0.1"))));
  }
}
