package dev.davit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each promise of `docs/trust.md` is proved by tests that exist.
class TrustPageTest {
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path PAGE = Path.of("docs/trust.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|Scenario))\\.(\\w+)`");

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Map<String, String> classes = classes();
    List<String> missing =
        NAME.matcher(Files.readString(PAGE))
            .results()
            .filter(found -> !isTest(classes.getOrDefault(found.group(1), ""), found.group(2)))
            .map(MatchResult::group)
            .toList();
    assertEquals(List.of(), missing);
  }

  /// The names of all test classes, by their last part.
  private static Map<String, String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .map(file -> SOURCES.relativize(file).toString())
          .filter(file -> file.matches(".*(Test|Scenario)\\.java"))
          .map(file -> file.replace(".java", "").replace('/', '.'))
          .collect(
              Collectors.toMap(
                  name -> name.substring(name.lastIndexOf('.') + 1),
                  name -> name,
                  (one, _) -> one));
    }
  }

  private static boolean isTest(String type, String method) {
    try {
      return Arrays.stream(Class.forName(type).getDeclaredMethods())
          .filter(it -> it.getName().equals(method))
          .flatMap(it -> Arrays.stream(it.getAnnotations()))
          .anyMatch(it -> it.annotationType().getName().matches("org\\.junit\\..*Test\\w*"));
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  @Test
  void everyPromiseNamesATest() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .filter(line -> !line.startsWith("| ---"))
            .toList();
    assertTrue(rows.size() > 20, rows::toString);
    assertEquals(
        List.of(),
        rows.stream().filter(row -> NAME.matcher(row).results().findAny().isEmpty()).toList());
  }
}
