package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandOption;

/// Every command and every flag of docker compose 2.40.3 is one of Davit's, but for those that are
/// named here.
class ComposeFlagsTest {
  private static final Path FLAGS =
      Path.of("src/test/resources/dev/davit/cli/compose-2.40.3.flags");

  private static final Map<String, String> ABSENT =
      Map.of(
          "bridge", "makes files for Kubernetes, which is no stack on this machine",
          "build", "images are pulled, not built",
          "pull", "with images of a registry",
          "push", "with images of a registry");

  @Test
  void everyFlagIsThere() throws Exception {
    var missing = new TreeMap<String, String>();
    flags()
        .forEach(
            (command, flags) -> {
              List<CommandOption> known = options(command);
              flags.stream()
                  .filter(flag -> !isKnown(known, flag))
                  .forEach(flag -> missing.merge(command, flag, (a, b) -> a + " " + b));
            });
    assertEquals(Map.of(), missing);
  }

  private static Map<String, List<String>> flags() throws IOException {
    var flags = new TreeMap<String, List<String>>();
    for (String line : Files.readAllLines(FLAGS)) {
      String[] parts = line.split(":", 2);
      flags.put(parts[0], List.of(parts[1].strip().split(" +")));
    }
    return flags;
  }

  private static List<CommandOption> options(String command) {
    if (command.equals("compose")) {
      return GlobalOptions.SPECIFICATION;
    }
    try {
      return CommandsPageTest.catalogue().commands().stream()
          .filter(it -> it.getName().equals(command))
          .findFirst()
          .map(MethodCommand::getOptions)
          .orElseGet(() -> ABSENT.containsKey(command) ? List.of() : fail("no command " + command));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isKnown(List<CommandOption> known, String flag) {
    if (flag.isEmpty() || known.isEmpty()) {
      return true;
    }
    int slash = flag.indexOf('/');
    List<String> words =
        slash < 0
            ? List.of("--" + flag)
            : List.of("-" + flag.charAt(0), "--" + flag.substring(slash + 1));
    return words.stream().allMatch(word -> takes(known, word));
  }

  private static boolean takes(List<CommandOption> known, String word) {
    try {
      new OptionScanner(List.of(word, "1"), known).scan(0);
      return true;
    } catch (UsageException e) {
      return false;
    }
  }
}
