package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A service must have as many replicas as asked for, and keep those that are as they should be.
@Kernel
@Timeout(120)
class ScaleScenario {
  private static final String SCALED =
      """
      name: sc
      services:
        front: {image: davit/host, init: true, command: sleep 1000, scale: 2, depends_on: [back]}
        back: {image: davit/host, init: true, command: sleep 1000, environment: {V: "${V:-one}"}}
        other: {image: davit/host, init: true, command: sleep 1000}
      """;

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(SCALED);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private List<String> of(String service) {
    return checks.containers().stream().filter(name -> name.contains(service)).toList();
  }

  private static List<String> named(String service, int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> "sc-" + service + "-" + number).toList();
  }

  @Test
  @Intent("[scale] ScaleBasicCases")
  @Intent("[up] ScaleDoesntRecreate")
  void scaleAddsAndRemovesReplicas() {
    checks.davit("up", "-d").succeeds();
    assertEquals(named("front", 1, 2), of("front"));
    String first = checks.container("sc-front-1").id();
    checks.davit("scale", "front=3").succeeds();
    assertEquals(named("front", 1, 2, 3), of("front"));
    assertEquals(first, checks.container("sc-front-1").id());
    checks.davit("scale", "front=1", "other=2").succeeds();
    assertEquals(named("front", 1), of("front"));
    assertEquals(named("other", 1, 2), of("other"));
    checks.davit("scale", "front=0").succeeds();
    assertEquals(List.of(), of("front"));
    checks.davit("scale", "front").fails("invalid scale specifier");
  }

  @Test
  @Intent("[scale] ScaleWithDepsCases")
  void scaleBringsDependenciesToTheModelUnlessToldNotTo() {
    checks.davit("up", "-d", "--scale", "back=2").succeeds();
    checks.davit("scale", "--no-deps", "front=3").succeeds();
    assertEquals(named("back", 1, 2), of("back"));
    checks.davit("scale", "front=2").succeeds();
    assertEquals(named("back", 1), of("back"));
  }

  @Test
  @Intent("[scale] ScaleUpAndDownPreserveContainerNumber")
  void numbersAreUsedAgain() {
    checks.davit("up", "-d", "--scale", "back=2", "back").succeeds();
    checks.davit("up", "-d", "--scale", "back=1", "back").succeeds();
    assertEquals(named("back", 1), of("back"));
    checks.davit("up", "-d", "--scale", "back=2", "back").succeeds();
    assertEquals(named("back", 1, 2), of("back"));
  }

  @Test
  @Intent("[scale] ScaleDownRemovesObsolete")
  @Intent("[scale] ScaleDownNoRecreate")
  void theStaleOnesGoFirst() {
    checks.davit("up", "-d", "back").succeeds();
    String stale = checks.container("sc-back-1").id();
    var changed = Map.of("V", "two");
    checks.davit(changed, "up", "-d", "--no-recreate", "--scale", "back=2", "back").succeeds();
    assertEquals(stale, checks.container("sc-back-1").id());
    String fresh = checks.container("sc-back-2").id();
    assertNotEquals(stale, fresh);
    checks.davit(changed, "up", "-d", "--no-recreate", "--scale", "back=1", "back").succeeds();
    assertEquals(named("back", 2), of("back"));
    assertEquals(fresh, checks.container("sc-back-2").id());
  }
}
