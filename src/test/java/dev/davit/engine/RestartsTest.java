package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  @Test
  void afterExitFollowsThePolicy() {
    assertFalse(Restarts.afterExit(RestartPolicy.NEVER, 1, 0, false));
    assertTrue(Restarts.afterExit(RestartPolicy.ALWAYS, 0, 100, false));
    assertTrue(Restarts.afterExit(RestartPolicy.UNLESS_STOPPED, 0, 0, false));
    assertFalse(Restarts.afterExit(RestartPolicy.onFailure(2), 0, 0, false));
    assertTrue(Restarts.afterExit(RestartPolicy.onFailure(2), 1, 1, false));
    assertFalse(Restarts.afterExit(RestartPolicy.onFailure(2), 1, 2, false));
    assertTrue(Restarts.afterExit(RestartPolicy.onFailure(0), 1, 1000, false));
  }

  @Test
  void afterExitWhenStoppedByHandIsNever() {
    assertFalse(Restarts.afterExit(RestartPolicy.ALWAYS, 137, 0, true));
    assertFalse(Restarts.afterExit(RestartPolicy.UNLESS_STOPPED, 137, 0, true));
  }

  @Test
  void atOpenOnlyAlwaysForgetsTheHand() {
    assertTrue(Restarts.atOpen(RestartPolicy.ALWAYS, 0, 0, true));
    assertFalse(Restarts.atOpen(RestartPolicy.UNLESS_STOPPED, 0, 0, true));
  }

  @Test
  void pauseDoublesUpToAMinuteAndStartsAnewAfterTenSeconds() {
    Duration pause = Duration.ZERO;
    pause = Restarts.pause(pause, Duration.ZERO);
    assertEquals(Duration.ofMillis(100), pause);
    pause = Restarts.pause(pause, Duration.ofSeconds(9));
    assertEquals(Duration.ofMillis(200), pause);
    for (int i = 0; i < 20; i++) {
      pause = Restarts.pause(pause, Duration.ofMillis(1));
    }
    assertEquals(Duration.ofMinutes(1), pause);
    assertEquals(Duration.ofMillis(100), Restarts.pause(pause, Duration.ofSeconds(10)));
  }
}
