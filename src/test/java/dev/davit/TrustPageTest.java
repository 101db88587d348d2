package dev.davit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each promise of `docs/trust.md` is proved by tests that exist.
class TrustPageTest {
  private static final Path PAGE = Path.of("docs/trust.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|Scenario)\\.\\w+)`");

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Set<String> tests =
        new ClassFileImporter()
            .importPackages("dev.davit").stream()
                .map(JavaClass::getMethods)
                .flatMap(Set::stream)
                .filter(TrustPageTest::isTest)
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .collect(Collectors.toSet());
    List<String> missing =
        NAME.matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !tests.contains(name))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static boolean isTest(JavaMethod method) {
    return method.getAnnotations().stream()
        .map(annotation -> annotation.getRawType().getName())
        .anyMatch(name -> name.startsWith("org.junit.jupiter.") && name.contains("Test"));
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
