package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherPlannersTest {
  private static final String SHOP =
      """
      services:
        web:
          image: davit/host
          command: [web]
          depends_on: {api: {condition: service_started, restart: true}}
        api:
          image: davit/host
          command: [api]
          depends_on: {db: {condition: service_healthy}}
        db:
          image: davit/host
          command: [db]
          volumes: [data:/data]
          healthcheck: {test: [CMD, ok]}
      volumes: {data: {}}
      """;

  private final World world = new World().up(SHOP);
  private final Project project = World.project(SHOP);
  private final Observed observed = world.observed(project);

  private static void check(String name, Plan plan) {
    Golden.check("reconcile/" + name + ".plan", plan.print());
  }

  @Test
  void downGoesInReverseOrder() {
    check("down", DownPlanner.plan(Optional.of(project), observed, DownOptions.DEFAULT));
  }

  @Test
  void downWithoutAFileRemovesEverything() {
    check("down", DownPlanner.plan(Optional.empty(), observed, DownOptions.DEFAULT));
  }

  @Test
  void downWithVolumesRemovesThem() {
    check(
        "down-volumes",
        DownPlanner.plan(
            Optional.of(project),
            observed,
            new DownOptions(List.of(), true, false, Optional.empty())));
  }

  @Test
  void downOfAServiceTakesItsDependents() {
    check(
        "down-service",
        DownPlanner.plan(
            Optional.of(project),
            observed,
            new DownOptions(List.of("api"), false, false, Optional.empty())));
  }

  @Test
  void downLeavesOrphansUnlessAsked() {
    Project smaller = World.project("services: {db: {image: davit/host}}\n");
    check("down-orphans", DownPlanner.plan(Optional.of(smaller), observed, DownOptions.DEFAULT));
    check(
        "down-orphans-removed",
        DownPlanner.plan(
            Optional.of(smaller),
            observed,
            new DownOptions(List.of(), false, true, Optional.empty())));
  }

  @Test
  void stopEndsDependentsFirst() {
    check("stop", LifecyclePlanner.stop(observed, List.of(), Optional.empty()));
  }

  @Test
  void stopOfAServiceTouchesNothingElse() {
    check("stop-service", LifecyclePlanner.stop(observed, List.of("api"), Optional.empty()));
  }

  @Test
  void startTakesDependenciesAndWaits() {
    for (String name : List.of("shop-web-1", "shop-api-1", "shop-db-1")) {
      world.state(name, Status.EXITED, 0);
    }
    check(
        "start",
        LifecyclePlanner.start(world.observed(project), List.of("api"), false, Optional.empty()));
  }

  @Test
  void restartTakesThoseThatAskForIt() {
    check("restart", LifecyclePlanner.restart(observed, List.of("api"), true, Optional.empty()));
    check(
        "restart-no-deps",
        LifecyclePlanner.restart(observed, List.of("api"), false, Optional.empty()));
  }

  @Test
  void killPauseAndUnpauseTakeWhatIsInTheRightState() {
    world.state("shop-db-1", Status.PAUSED, 0).state("shop-web-1", Status.EXITED, 0);
    Observed mixed = world.observed(project);
    check("kill", LifecyclePlanner.kill(mixed, List.of(), "SIGKILL"));
    check("pause", LifecyclePlanner.pause(mixed, List.of()));
    check("unpause", LifecyclePlanner.unpause(mixed, List.of()));
  }
}
