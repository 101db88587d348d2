package dev.davit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldsTest {
  private final Holds holds = new Holds(() -> {});
  private final List<String> done = new ArrayList<>();

  @Test
  void removalRunsAtOnceWhereNothingIsHeld() {
    holds.whenFree(() -> done.add("now"), () -> done.add("later"));
    assertEquals(List.of("now"), done);
  }

  @Test
  void removalWaitsForTheLastHold() {
    Hold first = holds.open();
    Hold second = holds.open();
    holds.whenFree(() -> done.add("now"), () -> done.add("later"));
    first.close();
    first.close();
    assertEquals(List.of(), done);
    second.close();
    assertEquals(List.of("later"), done);
    holds.open().close();
    assertEquals(List.of("later"), done);
  }
}
