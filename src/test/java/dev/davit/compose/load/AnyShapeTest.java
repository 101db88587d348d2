package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.attribute.Row;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.Problem;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever is written at whatever attribute: the file loads and prints, or says what is wrong with
/// a place and in words for people.
class AnyShapeTest {
  private static final Pattern INTERNALS =
      Pattern.compile("java|Exception|null|Scalar|Mapping|Sequence|Optional|@[0-9a-f]+|org\\.yaml");

  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "true",
          "0",
          "-1",
          "7",
          "1.5",
          "text",
          "\"\"",
          "'7'",
          "a:b",
          "a=b",
          "/a",
          "1s",
          "64m",
          "service:web",
          "service:other",
          "[]",
          "{}",
          "[7]",
          "[text]",
          "[[]]",
          "[{}]",
          "[~]",
          "[\"a=b\"]",
          "[\"/a:/b:ro\"]",
          "['80:80']",
          "{a: b}",
          "{a: ~}",
          "{a: {}}",
          "{a: [b]}",
          "{a: {b: {c: d}}}",
          "99999999999999999999",
          "[99999999999999999999]",
          "${",
          "$$",
          ".inf");

  /// What must stand beside an attribute, by the pattern of their parent.
  private static final Map<String, Map<String, String>> BESIDE =
      Map.of(
          "services", Map.of("other", "{image: i, healthcheck: {test: x}}"),
          "services.*", Map.of("image", "i"),
          "services.*.depends_on.*", Map.of("condition", "service_started"),
          "services.*.env_file.*", Map.of("path", "/dev/null"),
          "services.*.ports.*", Map.of("target", "80"),
          "services.*.ulimits.*", Map.of("soft", "1", "hard", "1"),
          "services.*.volumes.*", Map.of("type", "bind", "source", "/s", "target", "/t"));

  /// Attributes in their parents; `%` is where the value goes.
  private static Set<String> places() {
    var places = new LinkedHashSet<>(List.of("x-a: %", "other: %", "services: {web: %}"));
    for (Row row : Schema.rows()) {
      List<String> steps = List.of(row.pattern().split("\\."));
      places.add(around(steps, true));
      places.add(around(steps, false));
    }
    return places;
  }

  /// @param lists whether a `*` below the name of a service or the like is an item of a list
  private static String around(List<String> steps, boolean lists) {
    String inside = "%";
    for (int i = steps.size() - 1; i >= 0; i--) {
      String parent = String.join(".", steps.subList(0, i));
      String step = steps.get(i).replace("*", i == 1 ? "web" : "other");
      if (steps.get(i).equals("*") && lists && i > 1) {
        inside = "[" + inside + "]";
      } else {
        inside =
            (i == 0 ? "%s: %s" : "{%s: %s" + beside(parent, step) + "}").formatted(step, inside);
      }
    }
    return inside;
  }

  private static String beside(String parent, String attribute) {
    return BESIDE.getOrDefault(parent, Map.of()).entrySet().stream()
        .filter(it -> !it.getKey().equals(attribute))
        .map(it -> ", " + it.getKey() + ": " + it.getValue())
        .collect(Collectors.joining());
  }

  @TestFactory
  Stream<DynamicTest> givesAModelOrAMessage() {
    return places().stream()
        .map(place -> DynamicTest.dynamicTest(place, () -> VALUES.forEach(it -> load(place, it))));
  }

  private static void load(String place, String value) {
    String yaml = place.replace("%", value) + "\n";
    boolean whole = yaml.startsWith("services:");
    String text = whole ? yaml : "services: {web: {image: i}}\n" + yaml;
    try {
      LoadResult result = ComposeLoader.load(stdin(text));
      assertFalse(ComposeWriter.yaml(result.model()).isEmpty());
      assertFalse(ComposeWriter.json(result.model()).isEmpty());
    } catch (ComposeFileException e) {
      e.problems().forEach(problem -> check(text, problem));
    } catch (RuntimeException e) {
      throw new AssertionError(text, e);
    }
  }

  private static LoadRequest stdin(String text) {
    return new LoadRequest(
        Path.of("/nowhere/shop"),
        Map.of(),
        List.of("-"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        () -> text,
        LoadOptions.ALL);
  }

  private static void check(String yaml, Problem problem) {
    assertTrue(problem.place() != null, () -> yaml + problem);
    assertFalse(INTERNALS.matcher(problem.message()).find(), () -> yaml + problem.print());
  }
}
