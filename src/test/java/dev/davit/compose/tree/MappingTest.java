package dev.davit.compose.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Place;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A mapping is the same mapping where nothing changes: most steps of most phases change nothing.
final class MappingTest {
  private static final Place PLACE = new Place("compose.yaml", 1, 1);
  private static final Node ONE = Scalar.text("1", PLACE);
  private static final Node TWO = Scalar.text("2", new Place("compose.yaml", 2, 1));

  private static Mapping of(int keys) {
    Mapping mapping = Mapping.empty(PLACE);
    for (int i = 0; i < keys; i++) {
      mapping = mapping.with("key" + i, ONE);
    }
    return mapping;
  }

  @Test
  void isItselfWhereNothingChanges() {
    Mapping mapping = of(2);
    assertSame(mapping, mapping.with("key0", ONE));
    assertSame(mapping, mapping.keep(_ -> true));
    assertSame(mapping, mapping.without("key2"));
    assertSame(mapping, mapping.mapValues((_, it) -> it));
  }

  @Test
  void aKeyStaysInItsPlaceAndANewOneIsLast() {
    Mapping changed = of(2).with("key0", TWO).with("new", TWO);
    assertEquals(List.of("key0", "key1", "new"), List.copyOf(changed.keys()));
    assertEquals(Optional.of(TWO), changed.get("key0"));
    assertEquals(PLACE, changed.keyPlace("key0"));
    assertEquals(TWO.place(), changed.keyPlace("new"));
  }

  @Test
  void keepsWhatFulfilsTheCondition() {
    Mapping kept = of(3).keep(it -> !it.equals("key1"));
    assertEquals(List.of("key0", "key2"), List.copyOf(kept.keys()));
    assertFalse(kept.has("key1"));
  }

  @Test
  void findsEveryKeyOfFewAndOfMany() {
    for (int size : List.of(1, 12, 13, 200)) {
      Mapping mapping = of(size);
      List<String> keys = IntStream.range(0, size).mapToObj(i -> "key" + i).toList();
      assertEquals(keys, List.copyOf(mapping.keys()));
      assertEquals(Set.copyOf(keys), mapping.keys());
      assertTrue(keys.stream().allMatch(mapping::has));
      assertFalse(mapping.has("key" + size));
    }
  }

  @Test
  void keysEnd() {
    Iterator<String> keys = of(1).keys().iterator();
    keys.next();
    assertThrows(NoSuchElementException.class, keys::next);
  }
}
