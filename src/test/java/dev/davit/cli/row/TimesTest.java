package dev.davit.cli.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static String point(String text) {
    return Times.point("--since", text, NOW).orElseThrow().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1h30m, 2026-01-02T01:34:05Z",
    "1.5s, 2026-01-02T03:04:03.500Z",
    "250ms, 2026-01-02T03:04:04.750Z",
    "0s, 2026-01-02T03:04:05Z",
    "-1m, 2026-01-02T03:05:05Z",
    "7, 1970-01-01T00:00:07Z",
    "0, 1970-01-01T00:00:00Z",
    "1136073600.000000001, 2006-01-01T00:00:00.000000001Z",
    "7.5, 1970-01-01T00:00:07.500Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
    "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05.5-01:30, 2026-01-02T04:34:05.500Z",
    "2026-01-02T03:04Z, 2026-01-02T03:04:00Z",
    "2026-01-02T03Z, 2026-01-02T03:00:00Z",
    "2026-01-02Z, 2026-01-02T00:00:00Z",
  })
  void aPointInTimeIsReadAsDockerDoes(String text, String time) {
    assertEquals(time, point(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-02T03:04:05", "2026-01-02T03:04", "2026-01-02T03", "2026-01-02"})
  void withoutAZoneItIsTheMachines(String text) {
    String whole = text + "2026-01-02T00:00:00".substring(text.length());
    assertEquals(
        LocalDateTime.parse(whole).atZone(ZoneId.systemDefault()).toInstant().toString(),
        point(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "5x", "1.2.3", "2026-13-02", "2026-01-02T25:00:00Z", "--1m", "999999h9"})
  void anythingElseIsNoTime(String text) {
    assertThrows(DavitException.class, () -> Times.point("--since", text, NOW));
  }

  @Test
  void nothingIsNoPoint() {
    assertEquals(Optional.empty(), Times.point("--since", null, NOW));
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
