package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.Command;
import dev.davit.error.DavitException;
import dev.davit.image.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final ImageConfig IMAGE =
      new ImageConfig(
          List.of("PATH=/bin", "A=1", "B=2"),
          List.of("entry"),
          List.of("cmd"),
          "/work",
          "app",
          List.of(),
          List.of(),
          null,
          Map.of(),
          Optional.empty(),
          List.of(),
          List.of());

  private static List<String> argv(Command command) {
    return Arguments.of(IMAGE, command, "web", "host").argv();
  }

  @Test
  void argvWhenNothingIsSaidIsTheImages() {
    assertEquals(List.of("entry", "cmd"), argv(Command.OF_IMAGE));
  }

  @Test
  void argvWhenCommandIsSaidKeepsTheEntrypoint() {
    assertEquals(List.of("entry", "a", "b"), argv(Command.of("a", "b")));
    assertEquals(List.of("entry"), argv(Command.of()));
  }

  @Test
  void argvWhenEntrypointIsSaidForgetsTheImagesCommand() {
    assertEquals(List.of("own"), argv(Command.OF_IMAGE.withEntrypoint(List.of("own"))));
    assertEquals(List.of("own", "a"), argv(Command.of("a").withEntrypoint(List.of("own"))));
  }

  @Test
  void argvWhenEntrypointIsEmptyIsTheCommand() {
    assertEquals(List.of("cmd"), argv(Command.OF_IMAGE.withEntrypoint(List.of())));
    assertEquals(List.of("a"), argv(Command.of("a").withEntrypoint(List.of(""))));
  }

  @Test
  void argvWhenNothingIsLeftIsAnError() {
    Command nothing = Command.of().withEntrypoint(List.of());
    assertThrows(DavitException.class, () -> argv(nothing));
  }

  @Test
  void envIsMergedAndALoneNameTakesAway() {
    var arguments =
        Arguments.of(IMAGE, Command.OF_IMAGE.withEnv(List.of("A=9", "B", "C=")), "web", "host");
    assertEquals(List.of("PATH=/bin", "HOSTNAME=host", "A=9", "C="), arguments.env());
    assertEquals("/work", arguments.cwd());
    assertEquals("app", arguments.user());
  }

  @Test
  void envWhenImageHasNoPathHasTheUsualOne() {
    var arguments =
        Arguments.of(ImageConfig.of(List.of(), List.of("x")), Command.OF_IMAGE, "web", "host");
    assertTrue(arguments.env().contains("PATH=" + Arguments.PATH));
    assertEquals("/", arguments.cwd());
  }
}
