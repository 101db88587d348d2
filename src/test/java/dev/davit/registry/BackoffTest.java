package dev.davit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(4, Duration.ofMillis(100), () -> 1);

  @Test
  void waitsTwiceAsLongEachTimeAndGivesUp() {
    assertEquals(Optional.of(Duration.ofMillis(100)), BACKOFF.after(1));
    assertEquals(Optional.of(Duration.ofMillis(200)), BACKOFF.after(2));
    assertEquals(Optional.of(Duration.ofMillis(400)), BACKOFF.after(3));
    assertEquals(Optional.empty(), BACKOFF.after(4));
  }

  @Test
  void chanceTakesUpToHalfOfIt() {
    var lucky = new Backoff(4, Duration.ofMillis(100), () -> 0);
    assertEquals(Optional.of(Duration.ofMillis(50)), lucky.after(1));
  }

  @Test
  void theServerMayWantLongerButNotForEver() {
    assertEquals(
        Optional.of(Duration.ofSeconds(3)), BACKOFF.after(1, Optional.of(Duration.ofSeconds(3))));
    assertEquals(Optional.empty(), BACKOFF.after(1, Optional.of(Duration.ofHours(6))));
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    assertEquals(Optional.of(Duration.ofSeconds(7)), Backoff.retryAfter("7", now));
    assertEquals(
        Optional.of(Duration.ofSeconds(10)),
        Backoff.retryAfter("Fri, 02 Jan 2026 03:04:15 GMT", now));
    assertEquals(
        Optional.of(Duration.ZERO), Backoff.retryAfter("Fri, 02 Jan 2026 03:04:00 GMT", now));
    assertEquals(Optional.empty(), Backoff.retryAfter("soon", now));
  }

  @Test
  void mirrorIsTriedTwiceOnly() {
    Backoff mirror = new Backoff(6, Duration.ofMillis(100), () -> 0).forMirror();
    assertEquals(Optional.of(Duration.ofMillis(50)), mirror.after(1));
    assertEquals(Optional.empty(), mirror.after(2));
  }
}
