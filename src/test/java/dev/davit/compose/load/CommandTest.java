package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Command;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
  private static Command command(String attributes) {
    return Stack.web(attributes).service().command();
  }

  @Test
  void stringIsSplitAsTheListIs() {
    Command line = command("command: sh -c 'echo \"a b\"' x\\ y");
    assertEquals(command("command: [sh, -c, 'echo \"a b\"', x y]"), line);
    assertEquals(Optional.of(List.of("sh", "-c", "echo \"a b\"", "x y")), line.arguments());
  }

  @Test
  void absentIsTheImagesAndEmptyClearsIt() {
    assertEquals(Optional.empty(), command("command:").arguments());
    assertEquals(Optional.of(List.of()), command("command: ''").arguments());
    assertEquals(Optional.of(List.of()), command("entrypoint: []").entrypoint());
  }

  @Test
  void flagsAndIdentity() {
    Command command =
        command(
            """
            init: true
            tty: "yes"
            stdin_open: true
            user: "1000:100"
            working_dir: /srv
            group_add: [audio, 44]
            """);
    assertTrue(command.init() && command.tty() && command.stdinOpen());
    assertEquals(Optional.of("1000:100"), command.user());
    assertEquals(Optional.of("/srv"), command.workingDir());
    assertEquals(List.of("audio", "44"), command.groups());
  }

  @Test
  void openQuoteIsAnError() {
    assertEquals(
        "services.web.command: invalid command \"echo 'a\"", Stack.web("command: echo 'a").error());
  }
}
