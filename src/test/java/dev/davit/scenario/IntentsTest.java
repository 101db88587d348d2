package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.davit.test.Golden;
import dev.davit.test.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each scenario of docker compose's own end-to-end tests has a test here with the same intent, or
/// needs something that Davit does not have yet: `docs/scenarios.md`.
class IntentsTest {
  private static final Path LIST = Path.of("src/test/resources/dev/davit/scenario/intents.txt");

  private static final String HEAD =
      """
      # Scenarios

      What docker compose tests end to end on its own, and the test here that holds the same intent. Tests name their
      scenario with `@Intent`; `IntentsTest` makes this page and fails where one is missing.
      """;

  /// @param name `[file] Test`
  /// @param needs what is not here yet, or nothing
  private record Scenario(String name, String needs, String text) {
    static Scenario parse(String line) {
      String[] parts = line.split(" \\| ?", 3);
      return new Scenario(parts[0], parts[1], parts[2]);
    }

    String file() {
      return name.substring(1, name.indexOf(']'));
    }

    String test() {
      return name.substring(name.indexOf(' ') + 1);
    }
  }

  private static List<Scenario> scenarios() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> line.startsWith("["))
        .map(Scenario::parse)
        .toList();
  }

  /// The tests by the intents that they name.
  private static Map<String, List<String>> tests() {
    var tests = new TreeMap<String, List<String>>();
    new ClassFileImporter()
        .importPackages("dev.davit").stream()
            .flatMap(type -> type.getMethods().stream())
            .forEach(method -> intents(method).forEach(intent -> add(tests, intent, method)));
    return tests;
  }

  private static void add(Map<String, List<String>> tests, String intent, JavaMethod method) {
    tests
        .computeIfAbsent(intent, _ -> new ArrayList<>())
        .add(method.getOwner().getSimpleName() + "." + method.getName());
  }

  private static Stream<String> intents(JavaMethod method) {
    Stream<Intent> one = method.tryGetAnnotationOfType(Intent.class).stream();
    Stream<Intent> several =
        method.tryGetAnnotationOfType(Intent.All.class).stream()
            .flatMap(all -> Stream.of(all.value()));
    return Stream.concat(one, several).map(Intent::value);
  }

  @Test
  void everyScenarioHasATestOrNeedsWhatIsNotHere() throws IOException {
    var tests = tests();
    assertEquals(
        List.of(),
        scenarios().stream()
            .filter(it -> it.needs().isEmpty() && !tests.containsKey(it.name()))
            .map(Scenario::name)
            .toList(),
        "scenarios without a test");
  }

  @Test
  void everyIntentIsAScenario() throws IOException {
    var unknown = new TreeSet<>(tests().keySet());
    scenarios().forEach(it -> unknown.remove(it.name()));
    assertEquals(new TreeSet<>(), unknown, "no such scenario");
  }

  @Test
  void pageIsTrue() throws IOException {
    var tests = tests();
    var page = new StringBuilder(HEAD);
    scenarios().stream()
        .collect(Collectors.groupingBy(Scenario::file, TreeMap::new, Collectors.toList()))
        .forEach((file, scenarios) -> section(page, file, scenarios, tests));
    Golden.check(Path.of("docs/scenarios.md"), page.toString());
  }

  private static void section(
      StringBuilder page, String file, List<Scenario> scenarios, Map<String, List<String>> tests) {
    page.append("\n## ")
        .append(file)
        .append("\n\n| scenario | intent | test |\n| --- | --- | --- |\n");
    scenarios.forEach(
        it -> page.append("| %s | %s | %s |\n".formatted(it.test(), it.text(), heldBy(it, tests))));
  }

  private static String heldBy(Scenario scenario, Map<String, List<String>> tests) {
    List<String> held = tests.getOrDefault(scenario.name(), List.of());
    if (held.isEmpty()) {
      return scenario.needs().isEmpty() ? "missing" : "needs: " + scenario.needs();
    }
    return held.stream().sorted().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
  }
}
