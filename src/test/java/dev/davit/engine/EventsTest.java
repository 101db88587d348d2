package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsTest {
  private final Events events = new Events();

  private void publish(int number) {
    events.publish(
        new Event(
            Event.Type.CONTAINER, "n" + number, "id", "name", Map.of(), Instant.ofEpochSecond(1)));
  }

  @Test
  void readerThatStandsStillLosesWhatDoesNotFitAndIsTold() throws Exception {
    var gate = new CountDownLatch(1);
    var taken = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    List<String> seen = new ArrayList<>();
    try (var _ =
        events.subscribe(
            Optional.empty(),
            event -> {
              taken.countDown();
              await(gate);
              seen.add(event.action());
              if (event.action().equals("n-1")) {
                end.countDown();
              }
            },
            count -> seen.add("lost " + count))) {
      publish(0);
      taken.await();
      int more = 100;
      for (int i = 1; i <= Events.WAITING + more; i++) {
        publish(i);
      }
      gate.countDown();
      while (end.getCount() > 0) {
        // The room for the next is there when some have been read.
        publish(-1);
        Thread.sleep(10);
      }
    }
    assertEquals("n" + Events.WAITING, seen.get(Events.WAITING));
    String told = seen.get(Events.WAITING + 1);
    assertTrue(told.startsWith("lost ") && Integer.parseInt(told.substring(5)) >= 100, told);
    assertEquals("n-1", seen.get(Events.WAITING + 2));
  }

  @Test
  void readerThatKeepsUpGetsEverythingInOrder() throws Exception {
    var all = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    publish(0);
    try (var _ =
        events.subscribe(
            Optional.of(Instant.EPOCH),
            event -> {
              seen.add(event.action());
              if (event.action().equals("n500")) {
                all.countDown();
              }
            },
            count -> seen.add("lost " + count))) {
      for (int i = 1; i <= 500; i++) {
        publish(i);
      }
      all.await();
    }
    assertEquals(501, seen.size());
    assertEquals("n0", seen.getFirst());
    assertEquals("n500", seen.getLast());
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
