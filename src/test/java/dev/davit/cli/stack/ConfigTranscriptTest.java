package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cli.Catalogue;
import dev.davit.cli.TestSession;
import dev.davit.compose.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `davit config` prints what `docker compose config` prints. The transcripts were written by
/// docker compose 2.40.3; `record` beside them writes them again.
class ConfigTranscriptTest {
  private static final Path ROOT =
      Path.of("src/test/resources/dev/davit/compose/config").toAbsolutePath();

  private static final Catalogue CATALOGUE = Catalogue.of(List.of(new ConfigCommand()), Map.of());

  @TestFactory
  Stream<DynamicTest> transcripts() throws IOException {
    List<Path> cases;
    try (var directories = Files.list(ROOT)) {
      cases = directories.filter(Files::isDirectory).sorted().toList();
    }
    return cases.stream()
        .flatMap(directory -> commands(directory).stream())
        .map(it -> DynamicTest.dynamicTest(it.name(), () -> assertEquals(it.output(), run(it))));
  }

  /// One command of a transcript and what it printed.
  private record Recorded(Path directory, String line, String output) {
    String name() {
      return directory.getFileName() + ": " + line;
    }
  }

  private static List<Recorded> commands(Path directory) {
    var commands = new ArrayList<Recorded>();
    for (String part : ("\n" + read(directory.resolve("transcript"))).split("\n\\$ ", -1)) {
      String[] lineAndOutput = part.split("\n", 2);
      if (!lineAndOutput[0].isEmpty()) {
        String output = lineAndOutput.length == 2 ? lineAndOutput[1] : "";
        commands.add(new Recorded(directory, lineAndOutput[0], output.stripTrailing()));
      }
    }
    return commands;
  }

  private static String run(Recorded command) {
    var words = new ArrayList<>(ShellWords.split(command.line()));
    Path directory = command.directory();
    if (words.getFirst().equals("cd")) {
      directory = directory.resolve(words.get(1));
      words.subList(0, "cd there &&".split(" ").length).clear();
    }
    var env = new HashMap<>(Map.of("HOME", "/root"));
    while (words.getFirst().contains("=")) {
      String[] nameAndValue = words.removeFirst().split("=", 2);
      env.put(nameAndValue[0], nameAndValue[1]);
    }
    List<String> argv = words.subList("docker compose".split(" ").length, words.size());
    TestSession session = TestSession.in(directory, env);
    int status = session.run(CATALOGUE, argv.toArray(String[]::new));
    String output = session.out().replace(ROOT.toString(), "/srv").stripTrailing();
    return status == 0 ? output : (output + "\n[" + status + "]").strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
