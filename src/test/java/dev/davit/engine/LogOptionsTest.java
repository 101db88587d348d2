package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.error.DavitException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogOptionsTest {
  private static LogOptions of(String driver, Map<String, String> options) {
    return LogOptions.of(new LogConfig(driver, options));
  }

  @Test
  void logsAreRotatedUnlessSomebodyWantsThemWhole() {
    assertEquals(new LogOptions(20 << 20, 5, false), of("json-file", Map.of()));
    assertEquals(new LogOptions(20 << 20, 2, true), of("local", Map.of("max-file", "2")));
    assertEquals(new LogOptions(1024, 1, false), of("json-file", Map.of("max-size", "1k")));
    assertEquals(new LogOptions(1024, 5, true), of("local", Map.of("max-size", "1k")));
    assertEquals(0, of("json-file", Map.of("max-size", "-1")).maxSize());
  }

  @Test
  void whatHasNoEffectIsToldAndWhatIsUnknownRefused() {
    var tagged = new LogConfig("json-file", Map.of("mode", "non-blocking"));
    assertEquals(List.of("its log is without option \"mode\""), LogOptions.lacks(tagged));
    assertThrows(DavitException.class, () -> of("json-file", Map.of("max-sise", "1")));
    assertThrows(DavitException.class, () -> of("json-file", Map.of("max-size", "much")));
  }

  @Test
  void olderFilesAreCompressedWhereThereAreSome() {
    var three = Map.of("max-size", "1k", "max-file", "3", "compress", "true");
    assertEquals(new LogOptions(1024, 3, true), of("json-file", three));
    assertEquals(new LogOptions(20 << 20, 5, false), of("local", Map.of("compress", "false")));
    assertThrows(
        DavitException.class, () -> of("json-file", Map.of("max-size", "1k", "compress", "true")));
    assertThrows(DavitException.class, () -> of("json-file", Map.of("compress", "yes")));
  }
}
