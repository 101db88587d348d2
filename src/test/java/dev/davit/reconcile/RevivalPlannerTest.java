package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Golden;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RevivalPlannerTest {
  private static final String STACK =
      """
      services:
        web:
          image: davit/host
          depends_on:
            db: {condition: service_healthy, restart: true}
            job: {condition: service_completed_successfully}
            gone: {condition: service_started}
          post_start: [{command: [announce]}]
          pre_start: [{command: [migrate]}]
        proxy: {image: davit/host, depends_on: [web]}
        job: {image: davit/host, depends_on: {db: {condition: service_healthy}}}
        db: {image: davit/host, healthcheck: {test: [CMD, ok]}}
        side: {image: davit/host, network_mode: "service:web"}
        gone: {image: davit/host}
      """;

  private final World world = new World().up(STACK);

  private void check(String name, Set<String> due) {
    Set<String> ids =
        world.containers.stream()
            .filter(container -> due.contains(Labels.service(container)))
            .map(Container::id)
            .collect(Collectors.toSet());
    Plan plan = RevivalPlanner.plan(world.containers, ids, _ -> Optional.ofNullable(world.desired));
    String warnings =
        plan.warnings().stream().map(it -> "warning: " + it + "\n").collect(Collectors.joining());
    Golden.check("reconcile/revival-" + name + ".plan", plan.print() + warnings);
  }

  @Test
  void everythingComesUpAfterWhatItNeeds() {
    List.of("web", "proxy", "db", "side")
        .forEach(service -> world.state("shop-" + service + "-1", Status.RESTARTING, 255));
    world.state("shop-job-1", Status.EXITED, 0).state("shop-gone-1", Status.EXITED, 0);
    check("machine", Set.of("web", "proxy", "db", "side"));
  }

  @Test
  void whatRunsStillIsWaitedForWhereItMatters() {
    world.state("shop-web-1", Status.RESTARTING, 255);
    check("engine", Set.of("web"));
  }

  // Depending on others does not make other containers: their labels are of the first file.
  @Test
  void theLastWishHoldsAndNotWhatContainersWereMadeFrom() {
    world.up(
        STACK
            .replace("depends_on: [web]", "depends_on: [job]")
            .replace(
                "{condition: service_started}", "{condition: service_started, required: false}"));
    Set<String> due = Set.of("web", "proxy", "db", "side");
    due.forEach(service -> world.state("shop-" + service + "-1", Status.RESTARTING, 255));
    world.state("shop-job-1", Status.EXITED, 0).state("shop-gone-1", Status.EXITED, 0);
    check("wish", due);
  }

  @Test
  void withoutAWishThatCanBeReadTheLabelsStandForIt() {
    List.of("web", "proxy", "db", "side")
        .forEach(service -> world.state("shop-" + service + "-1", Status.RESTARTING, 255));
    world.state("shop-job-1", Status.EXITED, 0).state("shop-gone-1", Status.EXITED, 0);
    world.desired = null;
    check("machine", Set.of("web", "proxy", "db", "side"));
  }

  @Test
  void whoAskedForItFollows() {
    Plan plan = LifecyclePlanner.follow(world.observed(World.project(STACK)), "db", Instant.now());
    Golden.check("reconcile/follow.plan", plan.print());
  }
}
