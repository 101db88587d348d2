package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import dev.davit.reconcile.PlanOptions.Recreate;
import dev.davit.test.Golden;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final String SHOP =
      """
      services:
        web:
          image: davit/host
          command: [web]
          ports: ["8080:80"]
          depends_on: {db: {condition: service_healthy}}
        db:
          image: davit/host
          command: [db]
          volumes: [data:/data]
          healthcheck: {test: [CMD, ok]}
      volumes: {data: {}}
      """;
  private static final String CHAIN =
      """
      services:
        api:
          image: davit/host
          command: [api]
          depends_on:
            migrate: {condition: service_completed_successfully}
            cache: {condition: service_started, required: false}
            db: {condition: service_started, restart: true}
        migrate: {image: davit/host, command: [migrate], depends_on: [db]}
        cache: {image: davit/host, command: [cache]}
        db: {image: davit/host, command: [db]}
      """;
  private static final String ONE = "services: {web: {image: davit/host, command: [a]}}\n";
  private static final String SHARED =
      """
      services:
        side: {image: davit/host, command: [side], network_mode: "service:web"}
        web: {image: davit/host, command: [web]}
      """;

  private final World world = new World();

  private static void check(String name, Plan plan) {
    var text = new StringBuilder(plan.print());
    plan.warnings().forEach(warning -> text.append("warning: ").append(warning).append('\n'));
    Golden.check("reconcile/" + name + ".plan", text.toString());
  }

  private static PlanOptions options(Function<PlanOptions.Builder, PlanOptions.Builder> change) {
    return change.apply(PlanOptions.builder()).build();
  }

  @Test
  void planOfAFreshProject() {
    check("fresh", world.plan(SHOP));
  }

  @Test
  void planWhenNothingChangedIsEmpty() {
    Plan plan = world.up(SHOP).plan(SHOP);
    assertEquals("", plan.print());
    assertEquals(List.of(), plan.warnings());
  }

  @Test
  void planOfAChangedCommandRecreates() {
    check("changed", world.up(SHOP).plan(SHOP.replace("[web]", "[web, -v]")));
  }

  @Test
  void planOfAChangedDependencyLeavesWhoDependsAlone() {
    check("dependency-changed", world.up(SHOP).plan(SHOP.replace("[db]", "[db, -v]")));
  }

  @Test
  void planOfAChangedDependencyRestartsWhoAsksForIt() {
    check(
        "dependents-restart",
        world
            .up(CHAIN)
            .plan(
                CHAIN.replace(
                    "db: {image: davit/host, command: [db]}",
                    "db: {image: davit/host, command: [db, -v]}")));
  }

  @Test
  void planOfAChangedImageRecreates() {
    world.up(ONE);
    world.image = World.image("sha256:2", List.of());
    check("image-changed", world.plan(ONE));
  }

  @Test
  void planOfConditionsWaitsForEach() {
    check("conditions", world.plan(CHAIN));
  }

  @Test
  void planOfAJobThatHasEndedRunsItAgain() {
    world.up(CHAIN).state("shop-migrate-1", Status.EXITED, 0);
    check("job-again", world.plan(CHAIN));
  }

  @Test
  void planOfAHealthyDependencyDoesNotWait() {
    world.up(SHOP).state("shop-web-1", Status.EXITED, 1);
    check("already-healthy", world.plan(SHOP));
  }

  @Test
  void planScalesUp() {
    check("scale-up", world.up(ONE).plan(ONE, options(it -> it.scale(Map.of("web", 3)))));
  }

  @Test
  void planScalesDownFromTheHighestNumber() {
    world.up(ONE, options(it -> it.scale(Map.of("web", 3))));
    check("scale-down", world.plan(ONE));
  }

  @Test
  void planScalesDownKeepingWhatIsUpToDate() {
    world.up(ONE, options(it -> it.scale(Map.of("web", 2))));
    world.up(
        ONE.replace("[a]", "[b]"),
        options(it -> it.scale(Map.of("web", 3)).recreate(Recreate.NEVER)));
    check("scale-down-obsolete", world.plan(ONE.replace("[a]", "[b]")));
  }

  @Test
  void planScalesToZero() {
    check("scale-zero", world.up(ONE).plan(ONE, options(it -> it.scale(Map.of("web", 0)))));
  }

  @Test
  void planForcedRecreatesTheSelectedOnly() {
    world.up(SHOP);
    check(
        "forced",
        world.plan(SHOP, options(it -> it.services(List.of("web")).recreate(Recreate.ALWAYS))));
  }

  @Test
  void planNeverRecreatingLeavesWhatChanged() {
    world.up(ONE);
    assertTrue(
        world
            .plan(ONE.replace("[a]", "[b]"), options(it -> it.recreate(Recreate.NEVER)))
            .isEmpty());
  }

  @Test
  void planWithoutDependenciesStartsTheSelectedAlone() {
    check(
        "no-deps",
        world.plan(SHOP, options(it -> it.services(List.of("web")).withDependencies(false))));
  }

  @Test
  void planOfASelectedServiceTakesWhatItNeeds() {
    check("selected", world.plan(CHAIN, options(it -> it.services(List.of("migrate")))));
  }

  @Test
  void planWithoutStartOnlyCreates() {
    check("no-start", world.plan(SHOP, options(it -> it.start(false))));
  }

  @Test
  void planAwaitingEndsWithWaits() {
    check(
        "await",
        world.plan(CHAIN, options(it -> it.await(true, Optional.of(Duration.ofSeconds(9))))));
  }

  @Test
  void planWarnsOfOrphans() {
    check("orphans", world.up(SHOP).plan(ONE.replace("[a]", "[web]")));
  }

  @Test
  void planRemovesOrphansWhenAsked() {
    check(
        "orphans-removed",
        world
            .up(SHARED)
            .plan(
                "services: {web: {image: davit/host, command: [web]}}\n",
                options(it -> it.removeOrphans(true))));
  }

  @Test
  void planKeepsContainersOfDisabledProfiles() {
    world.up(ONE);
    String profiled =
        "services: {web: {image: davit/host, command: [a], profiles: [x]},"
            + " db: {image: davit/host, command: [db]}}\n";
    check("profiles", world.plan(profiled));
  }

  @Test
  void planOfSharedNamespacesMakesTheOwnerFirst() {
    check("namespace", world.plan(SHARED));
  }

  @Test
  void planOfARecreatedOwnerRecreatesWhoShares() {
    check("namespace-recreated", world.up(SHARED).plan(SHARED.replace("[web]", "[web, -v]")));
  }

  @Test
  void planOfAChangedNetworkKeepsTheContainers() {
    String named = ONE + "networks: {default: {internal: %s}}\n";
    check("network-changed", world.up(named.formatted("false")).plan(named.formatted("true")));
  }

  @Test
  void planOfAChangedVolumeWarns() {
    String plain = SHOP.replace("{data: {}}", "{data: {labels: {a: %s}}}");
    check("volume-changed", world.up(plain.formatted("b")).plan(plain.formatted("c")));
  }

  @Test
  void planStartsWhatExited() {
    check("exited", world.up(ONE).state("shop-web-1", Status.EXITED, 3).plan(ONE));
  }

  @Test
  void planUnpausesWhatIsPaused() {
    check("paused", world.up(ONE).state("shop-web-1", Status.PAUSED, 0).plan(ONE));
  }

  @Test
  void planLeavesARestartingContainerAlone() {
    assertTrue(world.up(ONE).state("shop-web-1", Status.RESTARTING, 1).plan(ONE).isEmpty());
  }

  @Test
  void planOfAMissingExternalNetworkFailsWithItsPlace() {
    String external =
        ONE.replace("[a]", "[a], networks: [front]") + "networks: {front: {external: true}}\n";
    var failure = assertThrows(DavitException.class, () -> world.plan(external));
    Golden.check("reconcile/external-network.txt", failure.getMessage() + "\n");
  }

  @Test
  void planOfAMissingExternalVolumeFailsWithItsPlace() {
    String external =
        ONE.replace("[a]", "[a], volumes: [\"d:/d\"]") + "volumes: {d: {external: true}}\n";
    var failure = assertThrows(DavitException.class, () -> world.plan(external));
    Golden.check("reconcile/external-volume.txt", failure.getMessage() + "\n");
  }

  @Test
  void planPullsWhatIsNotHereOnceAndBeforeWhatIsMadeOfIt() {
    String yaml =
        """
        services:
          a: {image: redis:7, command: [x], volumes: [{type: image, source: data, target: /d}]}
          b: {image: redis:7, command: [x], platform: linux}
          c: {image: redis:7, command: [x], pre_start: [{image: setup, command: [y]}]}
          d: {image: old, command: [x], pull_policy: daily}
          e: {image: old, command: [x]}
        """;
    world.images.put("old", World.image("sha256:2", List.of()));
    Plan plan = world.plan(yaml);
    Golden.check("reconcile/pulls.txt", plan.print() + "--\n" + plan.pulling().print());
  }

  @Test
  void planOfAnUnknownImageThatIsNeverPulledFailsWithItsPlace() {
    String never = ONE.replace("davit/host", "redis:7, pull_policy: never");
    var failure = assertThrows(DavitException.class, () -> world.plan(never));
    Golden.check("reconcile/unknown-image.txt", failure.getMessage() + "\n");
  }

  @Test
  void planScalingANamedContainerFails() {
    String named = ONE.replace("[a]", "[a], container_name: x");
    var failure =
        assertThrows(
            DavitException.class,
            () -> world.plan(named, options(it -> it.scale(Map.of("web", 2)))));
    assertTrue(String.valueOf(failure.getMessage()).contains("container name"));
  }

  @Test
  void planOfARecreationCarriesAnonymousVolumesOver() {
    String anonymous = ONE.replace("[a]", "[a], volumes: [/cache]");
    world.image = World.image("sha256:1", List.of("/of-image"));
    Plan plan = world.up(anonymous).plan(anonymous.replace("[a]", "[b]"));
    assertEquals("[/cache=anonymous-1-0, /of-image=of-image-1]", mounts(plan).toString());
    Plan renewed =
        world.plan(anonymous.replace("[a]", "[b]"), options(it -> it.renewVolumes(true)));
    assertEquals("[/cache=new]", mounts(renewed).toString());
  }

  private static List<String> mounts(Plan plan) {
    return plan.nodes().stream()
        .map(Plan.Node::operation)
        .filter(Operation.CreateContainer.class::isInstance)
        .map(Operation.CreateContainer.class::cast)
        .flatMap(create -> create.config().mounts().stream())
        .map(mount -> mount.target() + "=" + mount.source().orElse("new"))
        .sorted()
        .toList();
  }

  @Test
  void creatingAndStartingAreThePlanInTwo() {
    Plan plan = world.plan(SHOP);
    Golden.check(
        "reconcile/two-halves.plan", plan.creating().print() + "--\n" + plan.starting().print());
  }

  @Test
  void planIsEqualForEqualInput() {
    assertEquals(world.plan(CHAIN), new World().plan(CHAIN));
  }
}
