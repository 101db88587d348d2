package dev.davit.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import dev.davit.network.PortBinding;
import dev.davit.reconcile.PlanOptions.Recreate;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The rules of docker compose's convergence beside those of [PlannerTest].
class ConvergenceTest {
  private static final String STORE =
      """
      services:
        db: {image: davit/host, command: [db], volumes: [data:/data]}
        job: {image: davit/host, command: [job], volumes: [data:/data], depends_on: [db]}
      volumes: {data: {labels: {tier: a}}}
      """;
  private static final String OTHER_STORE = STORE.replace("tier: a", "tier: b");
  private static final String ONE = "services: {web: {image: davit/host, command: [a]}}\n";
  private static final String SIDE =
      """
      services:
        side: {image: davit/host, command: [side], network_mode: "service:web"}
        web: {image: davit/host, command: [web]}
      """;
  private static final String APP =
      """
      services:
        app:
          image: davit/host
          command: [app]
          ports: ["80:80"]
          restart: always
          environment: {A: one, B: two}
          volumes: [data:/data]
          depends_on: {db: {condition: service_healthy}}
        db: {image: davit/host, command: [db], healthcheck: {test: [CMD, ok]}}
      volumes: {data: {}}
      """;

  private final World world = new World();

  private static void check(String name, Plan plan) {
    Golden.check("reconcile/" + name + ".plan", plan.print());
  }

  private static PlanOptions options(Function<PlanOptions.Builder, PlanOptions.Builder> change) {
    return change.apply(PlanOptions.builder()).build();
  }

  private List<String> changedVolumes(String yaml) {
    Project project = World.project(yaml);
    return Planner.changedVolumes(project, world.observed(project), PlanOptions.DEFAULT);
  }

  @Test
  void aChangedVolumeIsAskedFor() {
    world.up(STORE);
    assertEquals(List.of(), changedVolumes(STORE));
    assertEquals(List.of("shop_data"), changedVolumes(OTHER_STORE));
  }

  @Test
  void aChangedVolumeIsMadeAgainBetweenItsContainers() {
    world.up(STORE);
    check(
        "volume-lost", world.plan(OTHER_STORE, options(it -> it.lostVolumes(Set.of("shop_data")))));
  }

  @Test
  void aChangedVolumeStaysWithoutConsent() {
    Plan plan = world.up(STORE).plan(OTHER_STORE);
    assertTrue(plan.isEmpty(), plan.print());
    assertEquals(1, plan.warnings().size());
  }

  @Test
  void aNetworkWithAnotherNameReplacesTheFormer() {
    String named = "networks: {default: {name: %s}}\n";
    world.up(ONE + named.formatted("before"));
    check("network-renamed", world.plan(ONE + named.formatted("after")));
  }

  @Test
  void aFormerNetworkStaysWhileSomeoneIsOnIt() {
    String named = "networks: {default: {name: %s}}\n";
    String two = ONE.replace("}}\n", "}, db: {image: davit/host}}\n");
    world.up(two + named.formatted("before"));
    check(
        "network-renamed-in-part",
        world.plan(two + named.formatted("after"), options(it -> it.services(List.of("web")))));
  }

  @Test
  void withoutRecreationTheStaleOnesGoFirst() {
    world.up(ONE, options(it -> it.scale(Map.of("web", 2))));
    String changed = ONE.replace("[a]", "[b]");
    world.up(changed, options(it -> it.scale(Map.of("web", 3)).recreate(Recreate.NEVER)));
    check(
        "scale-down-stale",
        world.plan(changed, options(it -> it.scale(Map.of("web", 1)).recreate(Recreate.NEVER))));
  }

  @Test
  void whoSharesANamespaceNeedsItsOwner() {
    DavitException refused =
        assertThrows(
            DavitException.class,
            () ->
                world.plan(
                    SIDE, options(it -> it.services(List.of("side")).withDependencies(false))));
    assertTrue(String.valueOf(refused.getMessage()).contains("of which there is none"));
  }

  @Test
  void allResourcesAreMadeWhenAskedFor() {
    String yaml = ONE + "volumes: {spare: {}}\n";
    Project project = World.project(yaml, dev.davit.compose.load.LoadOptions.ALL.with(true, false));
    check(
        "all-resources",
        Planner.plan(project, world.observed(project), options(it -> it.allResources(true))));
  }

  private static OneOff oneOff(Project project, boolean servicePorts, List<PortBinding> ports) {
    return new OneOff(
        project,
        World.service(project, "app"),
        "0123456789ab",
        Optional.empty(),
        Optional.of(List.of("sh")),
        Optional.empty(),
        List.of("B=other", "C=three"),
        Map.of("mine", "yes"),
        Optional.empty(),
        Optional.of("/tmp"),
        List.of("NET_ADMIN"),
        List.of(),
        List.of(),
        ports,
        servicePorts,
        false,
        false,
        true,
        false);
  }

  @Test
  void runWaitsForWhatItsServiceNeeds() {
    Project project = World.project(APP);
    OneOff oneOff = oneOff(project, false, List.of());
    check(
        "run",
        Planner.plan(
            project,
            world.observed(project),
            options(it -> it.services(List.of("db")).oneOff(oneOff))));
  }

  @Test
  void runWithoutDependenciesMakesOnlyItsContainer() {
    Project project = World.project(APP);
    OneOff oneOff = oneOff(project, false, List.of());
    check(
        "run-no-deps",
        Planner.plan(
            project,
            world.observed(project),
            options(it -> it.withDependencies(false).oneOff(oneOff))));
  }

  private Container ran(OneOff oneOff, Project project) {
    Planner.plan(
            project,
            world.observed(project),
            options(it -> it.withDependencies(false).oneOff(oneOff)))
        .nodes()
        .forEach(node -> world.apply(node.operation()));
    return world.containers.getLast();
  }

  @Test
  void aOneOffDiffersFromItsServiceInWhatItShould() {
    Project project = World.project(APP);
    Container container = ran(oneOff(project, false, List.of()), project);
    assertEquals("shop-app-run-0123456789ab", container.name());
    assertEquals("True", container.config().labels().get(Labels.ONE_OFF));
    assertEquals(null, container.config().labels().get(Labels.NUMBER));
    assertEquals("yes", container.config().labels().get("mine"));
    var config = container.config();
    assertEquals(List.of("A=one", "B=other", "C=three"), config.command().env());
    assertEquals(Optional.of(List.of("sh")), config.command().command());
    assertEquals(Optional.of("/tmp"), config.command().workingDir());
    assertEquals(List.of("NET_ADMIN"), config.security().capAdd());
    assertEquals(dev.davit.engine.RestartPolicy.NEVER, config.restart());
    assertEquals(List.of(), config.network().ports());
    assertEquals(List.of(), config.network().endpoints().getFirst().names());
  }

  @Test
  void aOneOffPublishesWhatItIsToldTo() {
    Project project = World.project(APP);
    var mine = List.of(PortBinding.tcp(8080, 80));
    assertEquals(mine, ran(oneOff(project, false, mine), project).config().network().ports());
    assertEquals(
        List.of(PortBinding.tcp(80, 80)),
        ran(oneOff(project, true, List.of()), project).config().network().ports());
  }

  @Test
  void rmStopsWhatRunsIfAsked() {
    Project project = World.project(STORE);
    Observed observed = world.up(STORE).observed(project);
    var services = List.of("db", "job");
    assertEquals(List.of(), RemovePlanner.candidates(observed, services, false));
    List<Container> all = RemovePlanner.candidates(observed, services, true);
    check("rm-stop", RemovePlanner.plan(observed, services, all, true));
  }

  @Test
  void rmLeavesWhatRuns() {
    Project project = World.project(STORE);
    world.up(STORE).state("shop-job-1", Status.EXITED, 0);
    Observed observed = world.observed(project);
    var services = List.of("db", "job");
    List<Container> ended = RemovePlanner.candidates(observed, services, false);
    check("rm", RemovePlanner.plan(observed, services, ended, false));
  }

  @Test
  void downLeavesRunningOneOffsAndDisabledServices() {
    Project project = World.project(APP);
    ran(oneOff(project, false, List.of()), project);
    world.state("shop-app-run-0123456789ab", Status.RUNNING, 0);
    Observed observed = world.observed(project);
    assertEquals(
        List.of("RemoveNetwork"),
        DownPlanner.plan(Optional.of(project), observed, DownOptions.DEFAULT).nodes().stream()
            .map(node -> node.operation().verb())
            .toList());
    Project disabled = World.project(ONE.replace("{image", "{profiles: [x], image") + "name: shop");
    Observed other = new World().up(ONE).observed(disabled);
    assertEquals(
        List.of("RemoveNetwork"),
        DownPlanner.plan(Optional.of(disabled), other, DownOptions.DEFAULT).nodes().stream()
            .map(node -> node.operation().verb())
            .toList());
  }
}
