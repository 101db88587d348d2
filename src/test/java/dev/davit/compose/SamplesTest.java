package dev.davit.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.LoadResult;
import dev.davit.error.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Compose files as people write them load, in `compose-samples` and `examples`. All that is said
/// is what Davit does not honour.
class SamplesTest {
  // The one attribute that is obsolete: docker compose warns of it too.
  private static final Set<Code> EXPECTED =
      Set.of(Code.OBSOLETE, Code.NOT_SUPPORTED, Code.NO_EFFECT);

  @TestFactory
  Stream<DynamicTest> everySampleLoads() throws IOException {
    return Stream.concat(projects("compose-samples"), projects("examples"))
        .map(directory -> DynamicTest.dynamicTest(directory.toString(), () -> load(directory)));
  }

  private static Stream<Path> projects(String directory) throws IOException {
    try (var found = Files.list(Path.of(directory))) {
      List<Path> projects =
          found.filter(path -> Files.exists(path.resolve("compose.yaml"))).sorted().toList();
      assertFalse(projects.isEmpty(), "no projects in " + directory);
      return projects.stream();
    }
  }

  private static void load(Path directory) {
    LoadResult result =
        ComposeLoader.load(LoadRequest.in(directory.toAbsolutePath(), Map.of("HOME", "/root")));
    assertFalse(result.project().services().isEmpty());
    assertEquals(
        List.of(),
        result.warnings().stream()
            .filter(problem -> !EXPECTED.contains(problem.code()))
            .map(problem -> problem.print())
            .toList());
  }
}
