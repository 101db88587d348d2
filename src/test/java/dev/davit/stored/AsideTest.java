package dev.davit.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideTest {
  private static final Damage TORN = Damage.of("x.json is torn");

  @TempDir Path root;
  private Aside aside;
  private Path thing;

  @BeforeEach
  void make() throws IOException {
    aside = new Aside(root);
    thing = Files.createDirectories(root.resolve("things/one"));
    Files.writeString(thing.resolve("x.json"), "{");
  }

  @Test
  void whatIsSetAsideIsMovedWithAllThatIsInItAndNamed() throws IOException {
    assertTrue(aside.put(new Thing("thing", "a/../b c", Map.of("k.l", "v")), thing, TORN));
    assertFalse(Files.exists(thing));
    Aside.Entry entry = aside.list().getFirst();
    assertTrue(entry.id().matches("\\d{8}T\\d{6}-thing-a-..-b-c"), entry.id());
    assertEquals("{", Files.readString(entry.place().resolve("one/x.json")));
    assertEquals(new Thing("thing", "a/../b c", Map.of("k.l", "v")), entry.thing());
    assertEquals(thing.toString(), entry.from());
    assertEquals("x.json is torn", entry.why());
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(entry.place())));
  }

  @Test
  void severalOfOneNameStandBesideEachOther() throws IOException {
    for (int i = 0; i < 3; i++) {
      aside.put(Thing.of("thing", "one"), Files.createDirectories(thing), TORN);
    }
    assertEquals(3, aside.list().size());
    List<String> ids = aside.list().stream().map(Aside.Entry::id).toList();
    ids.forEach(aside::remove);
    assertEquals(List.of(), aside.list());
    var gone = assertThrows(DavitException.class, () -> aside.remove(ids.getFirst()));
    assertTrue(gone.action().orElse("").contains("davit engine aside ls"));
  }

  @Test
  void onlyWhatIsThereCanBeRemoved() {
    for (String id : List.of("..", "../things", ".", "", "/")) {
      assertThrows(DavitException.class, () -> aside.remove(id));
    }
    assertTrue(Files.exists(thing));
  }

  @Test
  void whatCannotBeMovedStaysAndIsNoReasonToFail() throws IOException {
    Files.writeString(root.resolve("aside"), "in the way");
    assertFalse(aside.put(Thing.of("thing", "one"), thing, TORN));
    assertTrue(Files.exists(thing));
    assertEquals(List.of(), aside.list());
  }

  @Test
  void itIsToldOnce() {
    aside.put(Thing.of("thing", "one"), thing, TORN);
    aside.untold().forEach(aside::told);
    assertEquals(List.of(), new Aside(root).untold());
    assertEquals(1, aside.list().size());
  }

  @Test
  void whoAsksForItHearsWhereItIs() {
    assertEquals("thing \"one\" does not exist", aside.missing("thing", "one", null).getMessage());
    aside.put(Thing.of("thing", "one"), thing, TORN);
    DavitException error = aside.missing("thing", "one", null);
    assertEquals("thing \"one\" does not exist any more: x.json is torn", error.getMessage());
    assertTrue(error.action().orElse("").contains(aside.list().getFirst().place().toString()));
  }

  @Test
  void whatALaterDavitWroteComesBackOnceItCanBeRead() {
    aside.put(Thing.of("thing", "one"), thing, new Damage("of format 3", 3, Remains.NOTHING));
    aside.giveBack("thing", 2);
    aside.giveBack("other thing", 3);
    assertFalse(Files.exists(thing));
    aside.giveBack("thing", 3);
    assertTrue(Files.exists(thing.resolve("x.json")));
    assertEquals(List.of(), aside.list());
  }

  @Test
  void whatIsTornDoesNotComeBackAndNothingIsReplaced() throws IOException {
    aside.put(Thing.of("thing", "one"), thing, TORN);
    Files.createDirectories(thing);
    aside.put(Thing.of("thing", "two"), thing, new Damage("of format 3", 3, Remains.NOTHING));
    Files.createDirectories(thing.resolve("new"));
    aside.giveBack("thing", 9);
    assertTrue(Files.exists(thing.resolve("new")));
    assertEquals(2, aside.list().size());
  }

  @Test
  void whatIsNoDirectoryMakesRoomForOne() throws IOException {
    Path file = Files.writeString(root.resolve("containers"), "no directory");
    aside.makeDirectory(file);
    assertTrue(Files.isDirectory(file));
    assertEquals("it is no directory", aside.list().getFirst().why());
  }
}
