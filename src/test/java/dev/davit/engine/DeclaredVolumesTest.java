package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclaredVolumesTest {
  private static List<String> places(int count) {
    return IntStream.range(0, count).mapToObj(i -> "/v" + i).toList();
  }

  @Test
  void anImageMayDeclareMany() {
    List<String> many = places(DeclaredVolumes.MOST);
    assertEquals(many, DeclaredVolumes.bounded("web:1", many));
  }

  @Test
  void thousandsAreRefused() {
    var e =
        assertThrows(DavitException.class, () -> DeclaredVolumes.bounded("web:1", places(3000)));
    assertEquals("image \"web:1\" declares 3000 volumes, more than 256", e.getMessage());
  }
}
