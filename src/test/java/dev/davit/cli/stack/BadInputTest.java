package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.cli.Catalogue;
import dev.davit.cli.TestSession;
import dev.davit.test.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every mistake gets a message with its place, its line and what to do. Each is a directory of
/// `compose/diagnostics` with a Compose file, what is printed about it (`expected.txt`), and where
/// it is not `davit config -q`, the command line with its environment (`command`).
class BadInputTest {
  private static final String MISTAKES = "compose/diagnostics/";
  private static final Path ROOT = Path.of("src/test/resources/dev/davit", MISTAKES);

  /// Words of the implementation, and of the other one.
  private static final Pattern INTERNALS =
      Pattern.compile("java\\.|Exception|Scalar|Sequence|Optional|@[0-9a-f]{5}|org\\.yaml|strconv");

  private final Catalogue catalogue = Catalogue.of(List.of(new ConfigCommand()), Map.of());

  @TestFactory
  Stream<DynamicTest> isSaidWithItsPlace() throws IOException {
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.sorted().toList().stream()
          .map(it -> DynamicTest.dynamicTest(it.getFileName().toString(), () -> check(it)));
    }
  }

  private void check(Path directory) throws IOException {
    Path command = directory.resolve("command");
    String line = Files.exists(command) ? Files.readString(command) : "davit config -q";
    var words = new ArrayList<>(List.of(line.strip().split(" ")));
    Map<String, String> env = environment(words);
    var session = TestSession.in(directory.toAbsolutePath(), env);
    int code = session.run(catalogue, words.subList(1, words.size()).toArray(String[]::new));
    String said = session.err().replace(directory.toAbsolutePath().toString(), "/srv");
    Golden.check(MISTAKES + directory.getFileName() + "/expected.txt", said);
    assertEquals(session.err().contains("error[") ? 1 : 0, code);
    assertFalse(INTERNALS.matcher(session.err()).find(), session.err());
  }

  /// Takes `NAME=VALUE` words off the front.
  private static Map<String, String> environment(List<String> words) {
    var env = new LinkedHashMap<String, String>();
    while (!words.getFirst().equals("davit")) {
      String[] assignment = words.removeFirst().split("=", 2);
      env.put(assignment[0], assignment[1]);
    }
    return env;
  }
}
