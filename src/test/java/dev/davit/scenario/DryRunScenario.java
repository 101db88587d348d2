package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.test.Kernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// `--dry-run` must print what would be done, and do nothing.
@Kernel
@Timeout(120)
class DryRunScenario {
  private static final String YAML =
      """
      name: dry
      services:
        web: {image: davit/host, init: true, command: sleep 1000, depends_on: [db],
          environment: {V: "${V:-one}"}}
        db: {image: davit/host, init: true, command: sleep 1000, volumes: ["data:/data"]}
        ended: {image: davit/host, command: ["true"]}
      volumes: {data: {}, later: {labels: {v: "${V:-one}"}}}
      networks: {default: {labels: {v: "${V:-one}"}}}
      """;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("up"),
          List.of("up", "-d", "--force-recreate", "--scale", "web=3"),
          List.of("create", "--force-recreate"),
          List.of("start"),
          List.of("stop"),
          List.of("restart"),
          List.of("kill"),
          List.of("pause"),
          List.of("scale", "web=2"),
          List.of("rm", "-fsv"),
          List.of("run", "--rm", "web", "true"),
          List.of("down", "-v", "--remove-orphans"));

  @TestFactory
  List<DynamicTest> nothingChanges() {
    return COMMANDS.stream()
        .map(words -> DynamicTest.dynamicTest(String.join(" ", words), () -> check(words)))
        .toList();
  }

  private static void check(List<String> words) throws Exception {
    try (var checks = new Checks("UpAndDown")) {
      checks.file(YAML);
      checks.davit("up", "-d").succeeds();
      checks.davit("run", "--name", "once", "ended").succeeds();
      String before = checks.everything();
      var argv = new java.util.ArrayList<>(List.of("--dry-run"));
      argv.addAll(words);
      Checks.Ran ran = checks.davit(Map.of("V", "two"), argv.toArray(String[]::new)).succeeds();
      assertFalse(ran.out().isEmpty());
      assertEquals(before, checks.everything());
    }
  }
}
