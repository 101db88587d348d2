package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The completion files, in the shells that they are for, where this machine has them. A stand-in
/// for davit answers their questions, and writes down what it is called with.
@Timeout(60)
class CompletionFilesTest {
  private static final String STAND_IN =
      """
      #!/bin/sh
      if [ "$1" = __complete ]; then
        case "$*" in
        *" -- u") printf 'up\\tStart services\\n:none\\n' ;;
        *" up w") printf 'web\\tThe web: it serves\\n:none\\n' ;;
        *" up wo") printf 'worker one\\t\\n:none\\n' ;;
        *" up --pull=a") printf -- '--pull=always\\t\\n:none\\n' ;;
        *" cp w") printf 'web:\\t\\n:none\\n' ;;
        *" cp web:/e") printf 'web:/etc\\t\\n:none\\n' ;;
        *" logs a") printf 'api\\tOne\\napp\\tAnother\\n:none\\n' ;;
        *" -f co") echo :files ;;
        *" --project-directory su") echo :directories ;;
        *) echo :none ;;
        esac
      else
        printf '[%s]' "$@" >>"$CALLS"
        echo >>"$CALLS"
      fi
      """;

  /// What is typed, with a Tab behind it and an x to see where the cursor is, and what davit gets.
  private static final Map<String, String> TYPED =
      Map.of(
          "davit u\t x", "[up][x]",
          "davit up w\tx", "[up][web][x]",
          "davit up wo\tx", "[up][worker one][x]",
          "davit up --pull=a\tx", "[up][--pull=always][x]",
          "davit cp w\tx", "[cp][web:x]",
          "davit cp web:/e\tx", "[cp][web:/etc][x]",
          "davit logs a\t", "[logs][ap]",
          "davit -f co\tx", "[-f][compose.yaml][x]",
          "davit --project-directory su\tx", "[--project-directory][sub/x]",
          "davit nothing\tx", "[nothingx]");

  @TempDir Path directory;

  @BeforeEach
  void standIn() throws IOException {
    Files.createDirectories(directory.resolve("bin"));
    Path davit = Files.writeString(directory.resolve("bin/davit"), STAND_IN);
    assertTrue(davit.toFile().setExecutable(true));
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("compose.yaml"), "");
  }

  private static void needs(String... programs) {
    for (String program : programs) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program);
    }
  }

  private static Path file(String shell) {
    return Path.of("src/main/resources/dev/davit/cli/davit." + shell).toAbsolutePath();
  }

  private ProcessBuilder shell(String... words) {
    var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("CALLS", directory.resolve("calls").toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "xterm");
    return builder;
  }

  /// Types into an interactive shell on a terminal of its own, once that has run `setUp`.
  private void typedInto(String shell, String setUp) throws Exception {
    needs("script", shell.replaceFirst(" .*", ""));
    Process process = shell("script", "-qec", shell, "/dev/null").start();
    try (OutputStream keys = process.getOutputStream()) {
      type(keys, setUp + "; echo rea''dy\n");
      await(process.getInputStream(), "ready\r\n");
      for (String line : TYPED.keySet()) {
        type(keys, line + "\n");
      }
      type(keys, "exit\n");
      process.getInputStream().readAllBytes();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
    assertEquals(List.copyOf(TYPED.values()), Files.readAllLines(directory.resolve("calls")));
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private static void await(InputStream screen, String text) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int read = screen.read();
      assertTrue(read >= 0, seen::toString);
      seen.append((char) read);
    }
  }

  @Test
  void bashCompletes() throws Exception {
    typedInto("bash --norc --noprofile -i", "source " + file("bash"));
  }

  @Test
  void zshCompletes() throws Exception {
    typedInto("zsh -f -i", "autoload -U compinit; compinit -u -D; source " + file("zsh"));
  }

  @Test
  void fishCompletes() throws Exception {
    needs("fish");
    assertEquals("up\tStart services\n", inFish("davit u"));
    assertEquals("web\tThe web: it serves\n", inFish("davit up w"));
    assertEquals("worker one\n", inFish("davit up wo"));
    assertEquals("--pull=always\n", inFish("davit up --pull=a"));
    assertEquals("web:/etc\n", inFish("davit cp web:/e"));
    assertEquals("api\tOne\napp\tAnother\n", inFish("davit logs a"));
    assertEquals("compose.yaml\n", inFish("davit -f co"));
    assertTrue(inFish("davit --project-directory su").startsWith("sub/"));
    assertEquals("", inFish("davit nothing"));
  }

  private String inFish(String line) throws Exception {
    String ask = "source " + file("fish") + "; complete -C '" + line + "'";
    Process process = shell("fish", "--no-config", "-c", ask).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
