package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentTest {
  @Test
  void isComparedAndNeverPrinted() {
    assertEquals(Content.of("a"), Content.of(new byte[] {'a'}));
    assertNotEquals(Content.of("a").digest(), Content.of("b").digest());
    var file =
        new FileConfig(
            "secret \"s\"", Optional.empty(), "", Optional.of(Content.of("canary")), 0, 0, 0444);
    MountConfig mount = MountConfig.file(file, "/run/secrets/s");
    assertFalse(mount.toString().contains("canary"), mount.toString());
    assertEquals(
        Optional.empty(),
        mount.withFile(FileConfig::withoutContent).file().orElseThrow().content());
  }
}
