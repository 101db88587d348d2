package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cli.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlySignalsTest {
  @Test
  void whatComesTooEarlyIsPassedOnWhenItRuns() {
    var passed = new ArrayList<Signal>();
    var early = new EarlySignals(passed::add);
    assertEquals(Optional.empty(), early.any());
    early.take(Signal.INT);
    early.take(Signal.HUP);
    assertEquals(Optional.of(Signal.INT), early.any());
    assertEquals(List.of(), passed);
    early.begin();
    early.take(Signal.TERM);
    assertEquals(List.of(Signal.INT, Signal.HUP, Signal.TERM), passed);
    assertEquals(Optional.empty(), early.any());
  }
}
