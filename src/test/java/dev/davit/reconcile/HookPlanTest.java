package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookPlanTest {
  private static final String HOOKS =
      """
      services:
        web:
          image: davit/host
          command: [web]
          pre_start:
            - {command: [migrate]}
            - {command: [prepare], per_replica: true}
            - {command: [check], image: davit/host}
          post_start:
            - {command: [announce], user: "1"}
            - {command: [warm]}
          pre_stop: [{command: [drain]}]
        proxy: {image: davit/host, command: [proxy], depends_on: [web]}
      """;

  private final World world = new World();

  private static void check(String name, Plan plan) {
    Golden.check("reconcile/hooks-" + name + ".plan", plan.print());
  }

  private Observed observed() {
    return world.observed(World.project(HOOKS));
  }

  private static PlanOptions scaled(int replicas) {
    return PlanOptions.builder().scale(Map.of("web", replicas)).build();
  }

  @Test
  void upRunsStepsInTheirOrderAndWhatDependsWaitsForThem() {
    check("up", world.plan(HOOKS, scaled(2)));
  }

  @Test
  void theSecondHalfOfUpHasTheHooksOfTheStart() {
    check("starting", world.plan(HOOKS).starting());
    assertEquals(3, world.plan(HOOKS).creating().nodes().size());
  }

  @Test
  void nothingIsRunAgainWhileNothingChanges() {
    assertEquals("", world.up(HOOKS).plan(HOOKS).print());
  }

  @Test
  void aFurtherReplicaRunsOnlyWhatIsForEachReplica() {
    check("scaled", world.up(HOOKS).plan(HOOKS, scaled(2)));
  }

  @Test
  void aReplacedContainerIsDrainedFirstAndAllStepsRunAgain() {
    check("recreated", world.up(HOOKS).plan(HOOKS.replace("command: [web]", "command: [web, -v]")));
  }

  @Test
  void stopAndDownDrain() {
    world.up(HOOKS);
    check("stop", LifecyclePlanner.stop(observed(), List.of(), Optional.empty()));
    check(
        "down",
        DownPlanner.plan(
            Optional.empty(),
            observed(),
            new DownOptions(List.of(), false, false, Optional.empty())));
  }

  @Test
  void whatDoesNotRunIsNotDrained() {
    world.up(HOOKS).state("shop-web-1", Status.RESTARTING, 1);
    String plan = LifecyclePlanner.stop(observed(), List.of("web"), Optional.empty()).print();
    assertEquals("[] -> #1 service:web:1, StopContainer, asked for\n", plan);
  }

  @Test
  void restartDrainsAndAnnouncesButPreparesNothing() {
    world.up(HOOKS);
    check("restart", LifecyclePlanner.restart(observed(), List.of(), true, Optional.empty()));
  }

  @Test
  void startRunsTheStepsWhereNoReplicaRuns() {
    world.up(HOOKS).state("shop-web-1", Status.EXITED, 0);
    check("start", LifecyclePlanner.start(observed(), List.of("web"), false, Optional.empty()));
  }
}
