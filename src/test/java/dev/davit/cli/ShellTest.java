package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

class ShellTest {
  private static final Catalogue CATALOGUE =
      Catalogue.of(List.of(new Commands()), Map.of("services", _ -> List.of("db", "web")));

  static final class Commands {
    @Command(name = "echo")
    int echo(Session session, @Arguments List<String> words) {
      session.println(words.toString());
      return words.size();
    }

    @Command(name = "up", completionProvider = "services")
    void up(@Option boolean build, @Option boolean detach, @Arguments List<String> services) {}

    @Command(name = {"volume", "ls"})
    void volumes() {}

    @Command(name = {"volume", "rm"})
    void remove() {}
  }

  @Test
  void shellWithoutTerminalReadsLines() {
    var session = TestSession.withStdin("echo a 'b c'\n\necho \"\"\nnothing\nexit\necho d\n");
    assertEquals(1, session.run(CATALOGUE, "shell"));
    assertEquals("[a, b c]\n[]\n", session.out());
  }

  private static String run(TestSession session, String... argv) {
    int code = session.run(CATALOGUE, argv);
    return session.out() + session.err() + code;
  }

  @Test
  void joinedCommandsRunAsInASh() {
    assertEquals(
        "[]\n[b, c]\n[d]\n[d]\n1",
        run(
            TestSession.withStdin(""),
            "-c",
            "echo && echo b c || echo d; echo x > /dev/null && nothing 2> /dev/null; echo d # e"));
  }

  @Test
  void aScriptStopsAtTheFirstFailureIfAsked() {
    assertEquals("[a]\n1", run(TestSession.withStdin(""), "shell", "-e", "-c", "echo a; echo b"));
    assertEquals(
        "[a]\n[]\n[b]\n1",
        run(TestSession.withStdin(""), "shell", "-e", "-c", "echo a && echo x || echo; echo b"));
  }

  @Test
  void errorsInScriptsPointToTheirPlace(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("deploy"), "#!/usr/bin/env -S davit shell\n\necho\n  up --bild web\n");
    String printed = run(TestSession.in(directory, Map.of()), "shell", "deploy");
    assertEquals(
        """
        []
        deploy:4:6: error[DV0603]: unknown option "--bild"
          4 |   up --bild web
            |      ^^^^^^
          = help: did you mean "--build"?
        1""",
        printed);
  }

  @Test
  void aScriptThatCannotBeReadRunsNothing(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("deploy"), "echo a\necho 'b\n");
    String printed = run(TestSession.in(directory, Map.of()), "shell", "deploy");
    assertEquals("deploy:2:6: error", printed.substring(0, 17));
    assertEquals("2", printed.substring(printed.length() - 1));
  }

  @Test
  void redirectionsAreRelativeToTheShellsDirectory(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("below"));
    String printed =
        run(
            TestSession.in(directory, Map.of()),
            "-c",
            "cd below; echo a > f; echo b >> f; nothing >> f 2>&1; cd nowhere; exit 7; echo c");
    assertEquals("davit: -c:1:55: \"" + directory + "/below/nowhere\" is no directory\n7", printed);
    assertEquals(
        List.of("[a]", "[b]"), Files.readAllLines(directory.resolve("below/f")).subList(0, 2));
  }

  @Test
  void exitEndsWithTheLastCodeOrItsOwn() {
    assertEquals("[a, b]\n2", run(TestSession.withStdin(""), "-c", "echo a b; exit; echo c"));
  }

  @Test
  void shellReturnsTheLastExitCode() {
    assertEquals(2, TestSession.withStdin("echo a b").run(CATALOGUE, "shell"));
  }
}
