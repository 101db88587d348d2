package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cli.Catalogue;
import dev.davit.cli.TestSession;
import dev.davit.error.Code;
import dev.davit.error.Explanation;
import dev.davit.error.Explanation.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The wrong example of every explanation gives its code and nothing else, the right one nothing.
class ExplanationTest {
  /// The file that command lines are about.
  private static final String FILE =
      "services: {web: {image: davit/host}, db: {image: davit/host, profiles: [dev]}}\n";

  private static final JsonMapper JSON = new JsonMapper();

  private final Catalogue catalogue = Catalogue.of(List.of(new ConfigCommand()), Map.of());

  @TempDir Path directory;

  /// Those that only a plan finds are tried by `ExplainedPlanTest`.
  private static boolean isOfPlans(Code code) {
    return code == Code.OTHER_PLATFORM || code.id().startsWith("DV07");
  }

  @TestFactory
  Stream<DynamicTest> wrongExampleGivesItsCode() {
    return eachCode(code -> check(code, Set.of(code.id()), run(code, true)));
  }

  @TestFactory
  Stream<DynamicTest> rightExampleGivesNone() {
    return eachCode(code -> check(code, Set.of(), run(code, false)));
  }

  private static Stream<DynamicTest> eachCode(ThrowingConsumer<Code> test) {
    return Arrays.stream(Code.values())
        .filter(code -> !isOfPlans(code))
        .map(code -> DynamicTest.dynamicTest(code.id(), () -> test.accept(code)));
  }

  /// An example may have an attribute that Davit does not honour yet, if it is about something
  /// else.
  private static void check(Code code, Set<String> expected, Set<String> found) {
    Set<String> others = new TreeSet<>(found);
    if (code != Code.NOT_SUPPORTED) {
      others.remove(Code.NOT_SUPPORTED.id());
    }
    assertEquals(expected, others);
  }

  private Set<String> run(Code code, boolean wrong) throws Exception {
    List<Example> examples =
        Explanation.of(code).examples().stream().filter(it -> it.wrong() == wrong).toList();
    Path place = Files.createDirectories(directory.resolve(code.id() + (wrong ? "-wrong" : "")));
    Files.writeString(place.resolve("compose.yaml"), FILE);
    List<String> words = List.of("davit", "config", "-q");
    for (Example example : examples) {
      if (example.language().equals("sh")) {
        words = List.of(example.text().strip().split(" "));
      } else {
        Files.writeString(place.resolve(example.file()), example.text());
      }
    }
    assertEquals(false, examples.isEmpty(), "an example");
    return reported(place, words);
  }

  private Set<String> reported(Path place, List<String> words) {
    var argv = new ArrayList<>(List.of("--progress", "json"));
    argv.addAll(words.subList(1, words.size()));
    var session = TestSession.in(place, Map.of());
    session.run(catalogue, argv.toArray(String[]::new));
    return session
        .err()
        .lines()
        .map(line -> line.replaceFirst(".*\\[(DV\\d{4})].*", "{\"code\":\"$1\"}"))
        .filter(line -> line.startsWith("{"))
        .map(line -> JSON.readTree(line).path("code").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
