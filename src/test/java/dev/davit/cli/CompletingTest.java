package dev.davit.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

class CompletingTest {
  private static final Completions PROGRAMS =
      new Completions() {
        @Override
        public List<String> names(Session session) {
          return List.of("db", "web");
        }

        @Override
        public List<String> names(Session session, List<String> arguments) {
          return arguments.isEmpty() ? names(session) : List.of("sh", arguments + "ls");
        }
      };

  private static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(new Commands()),
          Map.of(
              "services",
              session -> List.of("db", "web", "of-" + session.globals().projectName()),
              "profiles",
              _ -> List.of("dev", "test"),
              "copies",
              Completions.orPath(_ -> List.of("db:", "web:")),
              "programs",
              PROGRAMS));

  enum Format {
    JSON,
    PRETTY
  }

  static final class Commands {
    @Command(name = "up", description = "Start", completionProvider = "services")
    void up(
        @Option boolean build,
        @Option(shortName = 'd') boolean detach,
        @Option(shortName = 's') List<String> scale,
        @Option Format format,
        @Arguments List<String> services) {}

    @Command(name = "exec", completionProvider = "programs")
    @Usage(value = "SERVICE COMMAND", stopAtFirstArgument = true)
    void exec(@Option(shortName = 'T') boolean noTty, @Arguments List<String> words) {}

    @Command(name = "cp", completionProvider = "copies")
    void copy(@Arguments List<String> words) {}

    @Command(name = {"volume", "ls"})
    void volumes() {}

    @Command(name = {"volume", "rm"})
    void remove() {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "''                       | completion cp exec shell up volume :none",
        "u                        | up :none",
        "volume ''                | ls rm :none",
        "volume l                 | ls :none",
        "volume ls ''             | :none",
        "nothing ''               | :none",
        "up --                    | --build --detach --scale --format --help :none",
        "up --build --            | --detach --scale --format --help :none",
        "up -d --s                | --scale :none",
        "up ''                    | db web of-null :none",
        "-p shop up o             | of-shop :none",
        "up --scale ''            | db web of-null :none",
        "up --scale=w             | --scale=web :none",
        "up --format ''           | json pretty :none",
        "up --unknown ''          | db web of-null :none",
        "--progress ''            | auto tty plain json quiet :none",
        "--progress=p             | --progress=plain :none",
        "--progress plain u       | up :none",
        "--profile t              | test :none",
        "-f ''                    | :files",
        "--project-directory ''   | :directories",
        "-f c.yaml --profile ''   | dev test :none",
        "exec ''                  | db web :none",
        "exec -T web ''           | sh [web]ls :none",
        "exec web -               | :none",
        "exec -                   | --no-tty --help :none",
        "cp w                     | web: :files",
        "completion z             | zsh :none",
        "shell ''                 | :files",
      })
  void complete(String line, String expected) {
    assertEquals(expected, print(TestSession.withStdin(""), line));
  }

  private static String print(TestSession session, String line) {
    var argv = new ArrayList<>(List.of("__complete", "--"));
    Arrays.stream(line.strip().split(" +", -1))
        .map(it -> it.equals("''") ? "" : it)
        .forEach(argv::add);
    assertEquals(0, session.run(CATALOGUE, argv.toArray(String[]::new)), session.err());
    return session.out().lines().map(it -> it.split("\t", -1)[0]).collect(joining(" "));
  }

  @Test
  void offersSayWhatTheyAre() {
    var session = TestSession.withStdin("");
    session.run(CATALOGUE, "__complete", "--", "u");
    assertEquals("up\tStart\n:none\n", session.out());
  }

  /// What a real bash makes of the file for it; `davit` is a script that knows the answers.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "davit u                | up",
        "davit up --scale=w     | web",
        "davit --progress=p     | plain",
        "davit cp w             | web:",
        "davit cp web:/e        | nothing",
        "davit -f co            | compose.yaml",
        "davit -p shop up o     | of-shop",
      })
  void bashCompletes(String line, String expected, @TempDir Path directory)
      throws IOException, InterruptedException {
    var session = TestSession.withStdin("");
    session.run(CATALOGUE, "completion", "bash");
    Files.writeString(directory.resolve("davit.bash"), session.out());
    Files.writeString(directory.resolve("compose.yaml"), "");
    Path asked = directory.resolve("asked");
    Path answer = Files.createFile(directory.resolve("answer"));
    Path program = directory.resolve("davit");
    Files.writeString(
        program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > asked\ncat answer\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    bash(directory, line);
    var words = new ArrayList<>(Files.readAllLines(asked));
    var offers = TestSession.withStdin("");
    offers.run(CATALOGUE, words.toArray(String[]::new));
    Files.writeString(answer, offers.out());
    String found = bash(directory, line);
    assertEquals(expected, found.isEmpty() ? "nothing" : found);
  }

  private static String bash(Path directory, String line) throws IOException, InterruptedException {
    // As readline does it: words are split at blanks and at the characters of COMP_WORDBREAKS.
    String script =
        """
        PATH=.:$PATH; source davit.bash
        COMP_LINE=%s; COMP_POINT=${#COMP_LINE}
        COMP_WORDS=($(sed -E 's/([=:])/ \\1 /g' <<< "$COMP_LINE")); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        $(complete -p davit | sed -E 's/.*-F ([^ ]*) .*/\\1/')
        echo "${COMPREPLY[*]}"
        """
            .formatted("'" + line + "'");
    var bash =
        new ProcessBuilder("bash", "--norc", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), printed);
    return printed.strip();
  }
}
