package dev.davit.stored;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
  private static final Form<House> FORM = Form.of(House.class, 2);

  @TempDir Path directory;

  record House(String name, List<Room> rooms, Map<String, String> labels, Optional<Room> cellar) {}

  record Room(String name, int windows) {}

  private static House house() {
    return new House(
        "one", List.of(new Room("hall", 2)), Map.of("a.b", "c"), Optional.of(new Room("low", 0)));
  }

  private Reading<House> read(String text) {
    return FORM.parse("house.json", text.getBytes(UTF_8));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = Files.write(directory.resolve("house.json"), FORM.encode(house()));
    assertEquals(new Whole<>(house()), FORM.read(file));
    assertEquals("{\"format\":2,", Files.readString(file).substring(0, 12));
  }

  @Test
  void aFileOfBeforeThereWereFormatsIsRead() {
    String text = new String(FORM.encode(house()), UTF_8).replace("\"format\":2,", "");
    assertEquals(new Whole<>(house()), read(text));
  }

  @Test
  void anOptionalPartMayBeMissing() {
    assertEquals(
        new Whole<>(new House("one", List.of(), Map.of(), Optional.empty())),
        read("{\"name\":\"one\",\"rooms\":[],\"labels\":{}}"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "~~ | is empty",
        "null | holds something else",
        "[1] | holds something else",
        "7 | holds something else",
        "{\"a\":1} | lacks \"name\"",
        "{\"name\":\"x\",\"rooms\":[null],\"labels\":{}} | lacks \"rooms\"",
        "{\"name\":\"x\",\"rooms\":[{\"windows\":1}],\"labels\":{}} | lacks \"rooms.name\"",
        "{\"name\":\"x\",\"rooms\":7,\"labels\":{}} | holds something else",
        "{\"name\":\"x\" | is torn or no JSON",
        "%PNG | is torn or no JSON",
        "{\"format\":3} | is of format 3, of a later Davit; this one knows 2"
      })
  void whatCannotBeUsedIsToldWhy(String text, String why) {
    var useless = assertInstanceOf(Useless.class, read(text));
    assertEquals("house.json " + why, useless.damage().why());
    assertEquals(why.contains("later") ? 3 : 0, useless.damage().format());
  }

  @Test
  void zerosAreToldFromOtherNoise() {
    var useless = assertInstanceOf(Useless.class, FORM.parse("house.json", new byte[700]));
    assertEquals("house.json holds nothing but zeros", useless.damage().why());
  }

  @Test
  void whereverItIsTornItIsNotWhole() {
    byte[] whole = FORM.encode(house());
    for (int length = 0; length < whole.length; length++) {
      assertInstanceOf(Useless.class, FORM.parse("x", Arrays.copyOf(whole, length)), "" + length);
    }
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    assertInstanceOf(Absent.class, FORM.read(directory.resolve("none")));
    assertEquals(
        new Useless<>(Damage.of("d is a directory")),
        FORM.read(Files.createDirectory(directory.resolve("d"))));
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(new Useless<>(Damage.of("pipe is no regular file")), FORM.read(pipe));
    // proc_pid_mem(5): nothing is mapped at 0, and reading there is EIO.
    assertEquals(
        new Useless<>(Damage.of("mem cannot be read: Input/output error")),
        FORM.read(Path.of("/proc/self/mem")));
  }

  @Test
  void itsNameAndLabelsAreFoundInWhatIsLeft() {
    String torn =
        "{\"id\":\"7\",\"config\":{\"name\":\"shop-web-1\",\"image\":\"x\",\"labels\":"
            + "{\"com.docker.compose.project\":\"shop\",\"com.docker.compose.serv";
    var useless = assertInstanceOf(Useless.class, read(torn));
    assertEquals(Optional.of("shop-web-1"), useless.damage().remains().text("name"));
    assertEquals(Map.of("com.docker.compose.project", "shop"), useless.damage().remains().labels());
  }
}
