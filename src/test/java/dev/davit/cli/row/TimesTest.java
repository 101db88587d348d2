package dev.davit.cli.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void pointReadsDurationsSecondsAndDates() {
    assertEquals(Optional.of(NOW.minusSeconds(5400)), Times.point("--since", "1h30m", NOW));
    assertEquals(Optional.of(Instant.ofEpochSecond(7)), Times.point("--since", "7", NOW));
    assertEquals(Optional.of(NOW), Times.point("--since", "2026-01-02T03:04:05Z", NOW));
    assertEquals(Optional.empty(), Times.point("--since", null, NOW));
    assertThrows(DavitException.class, () -> Times.point("--since", "soon", NOW));
  }

  @Test
  void humanSpeaksAsDockerDoes() {
    assertEquals("Less than a second", Times.human(Duration.ZERO));
    assertEquals("59 seconds", Times.human(Duration.ofSeconds(59)));
    assertEquals("About a minute", Times.human(Duration.ofSeconds(61)));
    assertEquals("About an hour", Times.human(Duration.ofMinutes(61)));
    assertEquals("3 days", Times.human(Duration.ofDays(3)));
  }
}
