package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Transitions.End;
import dev.davit.engine.Transitions.Verb;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static ContainerState running() {
    return Transitions.started(ContainerState.CREATED, 7, NOON, true);
  }

  @Test
  void startedHasPidAndStartingHealth() {
    ContainerState state = running();
    assertEquals(Status.RUNNING, state.status());
    assertEquals(7, state.pid());
    assertEquals(Optional.of(Health.STARTING), state.health());
  }

  @Test
  void startedWhenItRunsIsRefused() {
    var error =
        assertThrows(DavitException.class, () -> Transitions.started(running(), 8, NOON, false));
    assertEquals(Kind.WRONG_STATE, error.kind());
  }

  @Test
  void endedKeepsTheCodeAndForgetsThePid() {
    ContainerState state =
        Transitions.ended(running(), new End(137, true, "", NOON.plusSeconds(1)), false);
    assertEquals(Status.EXITED, state.status());
    assertEquals(0, state.pid());
    assertEquals(137, state.exitCode());
    assertEquals(true, state.oomKilled());
    assertEquals(Optional.of(NOON.plusSeconds(1)), state.finishedAt());
  }

  @Test
  void endedWhenPolicySaysSoIsRestarting() {
    ContainerState state = Transitions.ended(running(), new End(1, false, "", NOON), true);
    assertEquals(Status.RESTARTING, state.status());
    assertEquals(Status.RUNNING, Transitions.started(state, 8, NOON, false).status());
  }

  @Test
  void startFailedWhenNeverStartedStaysCreated() {
    ContainerState state = Transitions.startFailed(ContainerState.CREATED, 127, "no");
    assertEquals(Status.CREATED, state.status());
    assertEquals(127, state.exitCode());
    assertEquals("no", state.error());
  }

  @Test
  void startFailedAfterARunIsExited() {
    ContainerState ended = Transitions.ended(running(), new End(1, false, "", NOON), true);
    assertEquals(Status.EXITED, Transitions.startFailed(ended, 128, "no").status());
  }

  @Test
  void pausedEndsToo() {
    ContainerState paused = Transitions.to(running(), Status.PAUSED);
    assertEquals(
        Status.EXITED, Transitions.ended(paused, new End(0, false, "", NOON), false).status());
  }

  @Test
  void requireSaysWhatDoesNotFit() {
    var error =
        assertThrows(
            DavitException.class, () -> Transitions.require(Verb.PAUSE, "web", Status.EXITED));
    assertEquals("container \"web\" is exited: pause is not possible", error.getMessage());
    assertThrows(
        DavitException.class, () -> Transitions.require(Verb.REMOVE, "web", Status.RUNNING));
  }
}
