package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.error.Code;
import dev.davit.error.Explanation;
import dev.davit.error.Explanation.Example;
import dev.davit.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The explanations of what only a plan finds: their wrong example gives the code, the right one
/// can be planned.
class ExplainedPlanTest {

  @ParameterizedTest
  @EnumSource(names = {"OTHER_PLATFORM", "FAILED", "IMAGE_NOT_HERE", "EXTERNAL_NOT_HERE"})
  void examplesDoAsTheySay(Code code) {
    assertEquals(List.of(code), codes(code, true));
    assertEquals(List.of(), codes(code, false));
  }

  private static List<Code> codes(Code code, boolean wrong) {
    Example example =
        Explanation.of(code).examples().stream()
            .filter(it -> it.wrong() == wrong)
            .findFirst()
            .orElseThrow();
    return problems(World.project(example.text())).stream().map(Problem::code).toList();
  }

  private static List<Problem> problems(Project project) {
    List<Problem> unsupported = Unsupported.of(project);
    if (!unsupported.isEmpty()) {
      return unsupported;
    }
    var images = Map.of("davit/host", World.image("sha256:1", List.of()));
    var observed =
        new Observed("shop", List.of(), List.of(), List.of(), images, World.NOW, Optional.empty());
    try {
      Planner.plan(project, observed, PlanOptions.builder().build());
      return List.of();
    } catch (ComposeFileException e) {
      return e.problems();
    }
  }
}
