package dev.davit.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConfigHashTest {
  @Test
  void isMadeForTheFirstWhoAsksAndOnce() {
    var made = new AtomicInteger();
    var hash = new ConfigHash(() -> "hash " + made.incrementAndGet());
    assertEquals(0, made.get());
    assertEquals("hash 1", hash.text());
    assertEquals("hash 1", hash.text());
  }

  @Test
  void isEqualToAnotherOfTheSameText() {
    var hash = new ConfigHash(() -> "a");
    assertEquals(new ConfigHash(() -> "a"), hash);
    assertNotEquals(new ConfigHash(() -> "b"), hash);
  }
}
