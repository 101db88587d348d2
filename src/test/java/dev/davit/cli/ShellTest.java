package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void shellReturnsTheLastExitCode() {
    assertEquals(2, TestSession.withStdin("echo a b").run(CATALOGUE, "shell"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a  b       | [a, b]",
        "'a  b' c   | [a  b, c]",
        "a\\ b      | [a b]",
        "\"a\\\"b\" | [a\"b]",
        "\"a\\b\"   | [a\\b]",
        "'a\\b'     | [a\\b]",
        "a''b       | [ab]",
        "'' a       | [, a]",
      })
  void split(String line, String words) {
    assertEquals(words, ShellWords.split(line).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~          | u   | echo shell up volume",
        "volume      | ~~  | ls rm",
        "up          | --  | --build --detach",
        "up          | ~~  | db web",
        "up --build  | w   | db web",
        "volume ls   | ~~  | ~~",
      })
  void complete(String before, String word, String expected) {
    var completer = new ShellCompleter(CATALOGUE, TestSession.withStdin("").session());
    List<String> values =
        completer.candidates(ShellWords.split(before), word).stream()
            .map(Candidate::value)
            .toList();
    assertEquals(expected, String.join(" ", values));
  }
}
