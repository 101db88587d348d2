package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Cgroups;
import dev.davit.engine.DefaultLimits;
import dev.davit.engine.HostFacts;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `up` must start what is asked for in its order, say how it ended, and stop what it was asked to.
@Kernel
@Timeout(120)
class UpScenario {
  private static final String SLEEPS = "{image: davit/host, init: true, command: sleep 1000";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private void services(String yaml) throws Exception {
    checks.file("name: up\nservices:\n" + yaml.indent(2));
  }

  private boolean runs(String container) {
    return checks.container(container).state().alive();
  }

  @Test
  @Intent("[up] UpServiceUnhealthy")
  void aServiceThatIsNeverHealthyFailsUp() throws Exception {
    services(
        """
        web: %s, depends_on: {db: {condition: service_healthy}}}
        db: %s, healthcheck: {test: [CMD, "false"], interval: 50ms, retries: 1}}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").fails("is unhealthy");
    assertFalse(runs("up-web-1"));
  }

  @Test
  @Intent("[up] UpWithDependencyExit")
  void aDependencyThatEndsBeforeItIsHealthyFailsUp() throws Exception {
    services(
        """
        web: %s, depends_on: {db: {condition: service_healthy}}}
        db: {image: davit/host, command: [sh, -c, 'exit 3'], healthcheck: {test: [CMD, "false"]}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").fails("exited (3)");
  }

  @Test
  @Intent("[up] UpWithDependencyNotRequired")
  void aDependencyThatNeedNotBeThereMayFail() throws Exception {
    services(
        """
        web: %s, depends_on: {db: {condition: service_healthy, required: false}}}
        db: {image: davit/host, command: [sh, -c, 'exit 3'], healthcheck: {test: [CMD, "false"]}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertTrue(runs("up-web-1"));
  }

  @Test
  @Intent("[up] UpDependenciesNotStopped")
  void theFirstInterruptStopsOnlyWhatWasAskedFor() throws Exception {
    services(
        """
        app: {image: davit/host, init: true, command: [sh, -c, 'echo app is up; sleep 1000'],
          depends_on: [db]}
        db: %s}
        """
            .formatted(SLEEPS));
    try (Checks.Running up = checks.begin("up", "app")) {
      up.says("app is up");
      up.interrupt();
      Checks.Ran ran = up.ended();
      assertEquals(130, ran.code());
      assertTrue(ran.err().contains("Gracefully Stopping"), ran.err());
    }
    assertFalse(runs("up-app-1"));
    assertTrue(runs("up-db-1"));
  }

  @Test
  void theSecondInterruptKills() throws Exception {
    services(
        """
        deaf:
          image: davit/host
          stop_grace_period: 1m
          command: [sh, -c, 'trap : TERM; echo ready; while :; do sleep 1; done']
        """);
    try (Checks.Running up = checks.begin("up")) {
      up.says("ready");
      up.interrupt();
      up.saysOnErr("Gracefully Stopping");
      up.interrupt();
      assertEquals(130, up.ended().code());
    }
    assertEquals(137, checks.container("up-deaf-1").state().exitCode());
  }

  @Test
  @Intent("[up] UpWithAllResources")
  void allResourcesAreMadeWhenAskedFor() throws Exception {
    checks.file(
        "name: up\nservices: {web: %s}}\nvolumes: {spare: {}}\nnetworks: {spare: {}}\n"
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of(), checks.volumeNames());
    checks.davit("--all-resources", "up", "-d").succeeds();
    assertEquals(List.of("up_spare"), checks.volumeNames());
    assertTrue(checks.networkNames().contains("up_spare"));
  }

  @Test
  @Intent("[up] UpProfile")
  @Intent("[profiles] NoProfileUsage")
  @Intent("[profiles] ActiveProfileViaTargetedService")
  @Intent("[profiles] ExplicitProfileUsage")
  @Intent("[profiles] DotEnvProfileUsage")
  void profilesSayWhatTakesPart() throws Exception {
    services(
        """
        main: %s}
        tool: %s, profiles: [x], depends_on: [base]}
        base: %s, profiles: [x]}
        third: %s, profiles: [x]}
        """
            .formatted(SLEEPS, SLEEPS, SLEEPS, SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("up-main-1"), checks.containers());
    checks.davit("up", "-d", "tool").succeeds();
    assertEquals(List.of("up-base-1", "up-main-1", "up-tool-1"), checks.containers());
    checks.davit("--profile", "x", "up", "-d").succeeds();
    assertEquals(4, checks.containers().size());
    checks.davit("--profile", "x", "down").succeeds();
    assertEquals(List.of(), checks.containers());
    Files.writeString(checks.project().resolve(".env"), "COMPOSE_PROFILES=x\n");
    checks.davit("up", "-d").succeeds();
    assertEquals(4, checks.containers().size());
    checks.davit("down").succeeds();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  @Intent("[compose_up] UpWait")
  @Intent("[compose] InitContainer")
  void waitIsOverWhenJobsAreDoneAndServicesRun() throws Exception {
    services(
        """
        web: %s, depends_on: {job: {condition: service_completed_successfully}}}
        job: {image: davit/host, command: ["true"]}
        """
            .formatted(SLEEPS));
    checks.davit("up", "--wait").succeeds();
    assertTrue(runs("up-web-1"));
  }

  @Test
  void waitFailsWithAServiceThatEndsAsSoonAsItHasStarted() throws Exception {
    services("web: %s}\njob: {image: davit/host, command: [\"true\"]}\n".formatted(SLEEPS));
    checks.davit("up", "--wait").fails("container \"up-job-1\" exited (0)");
    assertTrue(runs("up-web-1"));
  }

  @Test
  @Intent("[compose_up] UpWaitTimeout")
  void waitEndsWithItsTimeout() throws Exception {
    services("web: %s, healthcheck: {test: [CMD, \"false\"], retries: 100}}\n".formatted(SLEEPS));
    checks.davit("up", "--wait", "--wait-timeout", "1").fails("after 1s");
    assertTrue(runs("up-web-1"));
    checks
        .davit("up", "--wait", "--wait-timeout", "-1")
        .fails("--wait-timeout must be a non-negative integer");
  }

  @Test
  @Intent("[compose_up] UpExitCodeFrom")
  @Intent("[compose_up] UpExitCodeFromContainerKilled")
  @Intent("[cascade] CascadeStop")
  @Intent("[cascade] CascadeFail")
  void theExitCodeIsThatOfTheServiceAskedFor() throws Exception {
    services(
        """
        fails: {image: davit/host, command: [sh, -c, 'exit 13']}
        stays: %s}
        """
            .formatted(SLEEPS));
    checks.davit("up", "--exit-code-from", "fails").failsWith(13);
    checks.davit("up", "--exit-code-from", "stays").failsWith(143);
    checks.davit("up", "--abort-on-container-failure").failsWith(13);
    services("ends: {image: davit/host, command: [\"true\"]}\nstays: %s}\n".formatted(SLEEPS));
    checks
        .davit("up", "--abort-on-container-exit", "--remove-orphans")
        .succeeds()
        .says("ends-1 exited with code 0");
    assertFalse(runs("up-stays-1"));
  }

  @Test
  @Intent("[compose_up] StdoutStderr")
  void bothStreamsStayApart() throws Exception {
    services("both: {image: davit/host, command: [sh, -c, 'echo to out; echo to err >&2']}\n");
    Checks.Ran ran = checks.davit("up").succeeds();
    assertTrue(ran.out().contains("| to out") && !ran.out().contains("to err"), ran.out());
    assertTrue(ran.err().contains("| to err"), ran.err());
  }

  @Test
  @Intent("[compose_up] PortRange")
  void aRangeOfPortsIsForEveryReplica() throws Exception {
    services(
        """
        many: %s, scale: 3, ports: ["28100-28110:80"]}
        one: %s, ports: ["28111:80"]}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").succeeds();
    var ports = new java.util.TreeSet<Integer>();
    for (int i = 1; i <= 3; i++) {
      ports.add(
          checks.container("up-many-" + i).sandbox().orElseThrow().ports().getFirst().hostPort());
    }
    assertEquals(3, ports.size());
  }

  @Test
  @Intent("[compose] AttachRestart")
  void eachRestartByPolicyIsTold() throws Exception {
    services(
        "again: {image: davit/host, command: [sh, -c, 'echo run; exit 1'], restart: 'on-failure:2'}\n");
    Checks.Ran ran = checks.davit("up").succeeds();
    assertEquals(3, ran.out().lines().filter(line -> line.contains("| run")).count(), ran.out());
    assertEquals(
        3,
        ran.out().lines().filter(line -> line.contains("exited with code 1")).count(),
        ran.out());
  }

  @Test
  @Intent("[compose] StopWithDependenciesAttached")
  void dependenciesAreShownWhenAskedFor() throws Exception {
    services(
        """
        app: {image: davit/host, command: [sh, -c, 'echo hello'], depends_on: [db]}
        db: {image: davit/host, init: true, command: [sh, -c, 'echo I am db; sleep 1000']}
        """);
    checks
        .davit("up", "--attach-dependencies", "--abort-on-container-exit", "app")
        .succeeds()
        .says("app-1 exited with code 0")
        .says("I am db");
    checks.davit("up", "--attach", "db", "app").fails("cannot attach to services not included");
  }

  @Test
  void whoJoinsOrIsReplacedIsFollowed() throws Exception {
    String web = "web: {image: davit/host, init: true, command: [sh, -c, 'echo %s; sleep 1000']}\n";
    services(web.formatted("first"));
    try (Checks.Running up = checks.begin("up")) {
      up.says("| first");
      services(web.formatted("second"));
      checks.davit("up", "-d", "--scale", "web=2").succeeds();
      up.says("web-1 has been recreated");
      up.says("web-1  | second");
      up.says("web-2  | second");
      checks.davit("restart", "-t", "0").succeeds();
      assertFalse(up.hasEnded());
      checks.davit("kill").succeeds();
      assertEquals(0, up.ended().code());
    }
  }

  @Test
  @Intent("[orphans] RemoveOrphans")
  @Intent("[compose] RemoveOrphaned")
  void orphansAreToldRemovedOrIgnored() throws Exception {
    services("web: %s}\ngone: %s}\n".formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").succeeds();
    services("web: %s}\n".formatted(SLEEPS));
    assertTrue(checks.davit("up", "-d").succeeds().err().contains("(up-gone-1)"));
    assertFalse(
        checks
            .davit(Map.of("COMPOSE_IGNORE_ORPHANS", "1"), "up", "-d")
            .succeeds()
            .err()
            .contains("orphan"));
    checks
        .davit(Map.of("COMPOSE_IGNORE_ORPHANS", "1"), "up", "-d", "--remove-orphans")
        .fails("cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans");
    Files.writeString(checks.project().resolve(".env"), "COMPOSE_REMOVE_ORPHANS=true\n");
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("up-web-1"), checks.containers());
  }

  @Test
  @Intent("[recreate_no_deps] RecreateWithNoDeps")
  void recreationWithoutDependenciesLeavesThem() throws Exception {
    services(
        """
        web: %s, depends_on: {db: {condition: service_healthy}}}
        db: %s, healthcheck: {test: [CMD, "true"], interval: 50ms}}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").succeeds();
    String web = checks.container("up-web-1").id();
    String db = checks.container("up-db-1").id();
    checks.davit("up", "-d", "--force-recreate", "--no-deps", "web").succeeds();
    assertNotEquals(web, checks.container("up-web-1").id());
    assertEquals(db, checks.container("up-db-1").id());
  }

  @Test
  @Intent("[container_name] UpContainerNameConflict")
  void oneContainerNameIsForOneService() throws Exception {
    services(
        """
        a: %s, container_name: same, profiles: [a]}
        b: %s, container_name: same, profiles: [b]}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("--profile", "a", "--profile", "b", "up", "-d").fails("same");
    checks.davit("up", "-d", "a").succeeds();
    checks.davit("--profile", "a", "down").succeeds();
    checks.davit("up", "-d", "b").succeeds();
    assertEquals(List.of("same"), checks.containers());
  }

  @Test
  @Intent("[compose] Compatibility")
  void compatibleNamesAreJoinedByUnderscores() throws Exception {
    services("web: %s}\n".formatted(SLEEPS));
    checks.davit("--compatibility", "up", "-d").succeeds();
    assertEquals(List.of("up_web_1"), checks.containers());
  }

  @Test
  @Intent("[compose] UnnecessaryResources")
  void aMissingExternalNetworkConcernsOnlyWhoUsesIt() throws Exception {
    checks.file(
        """
        name: up
        services:
          web: %s}
          other: %s, networks: [away]}
        networks: {away: {external: true}}
        """
            .formatted(SLEEPS, SLEEPS));
    checks.davit("up", "-d").fails("external");
    checks.davit("up", "-d", "web").succeeds();
  }

  @Test
  void theLimitOfParallelOperationsMayComeFromTheFile() throws Exception {
    services("a: %s}\nb: %s}\n".formatted(SLEEPS, SLEEPS));
    Files.writeString(checks.project().resolve(".env"), "COMPOSE_PARALLEL_LIMIT=one\n");
    checks.davit("up", "-d").fails("COMPOSE_PARALLEL_LIMIT");
    Files.writeString(checks.project().resolve(".env"), "COMPOSE_PARALLEL_LIMIT=1\n");
    checks.davit("up", "-d").succeeds();
  }

  @Test
  void anotherDefaultOfTheEngineRecreatesNothing() throws Exception {
    services("web: %s}".formatted(SLEEPS));
    checks.limits(share("300"));
    checks.engineRestarts();
    checks.davit("up", "-d").succeeds();
    String before = checks.container("up-web-1").id();
    assertEquals("300", pidsLimit());
    checks.limits(share("400"));
    checks.engineRestarts();
    assertEquals("", checks.davit("plan").succeeds().out());
    checks.davit("up", "-d").succeeds();
    assertEquals(before, checks.container("up-web-1").id());
    assertEquals("300", pidsLimit());
    services("web: %s, pids_limit: 50}".formatted(SLEEPS));
    String plan = checks.davit("plan").succeeds().out();
    assertTrue(plan.contains("configuration changed (limits)"), plan);
    services("web: %s, hostname: other}".formatted(SLEEPS));
    plan = checks.davit("plan").succeeds().out();
    assertTrue(plan.contains("configuration changed"), plan);
    assertFalse(plan.contains("limits"), plan);
  }

  @Test
  void doctorNamesAContainerThatHasAllItsProcesses() throws Exception {
    String hog = "[bash, -c, 'sleep 1000 & sleep 1000 & sleep 1000 & echo full; wait']";
    services("web: {image: davit/host, pids_limit: 4, command: " + hog + "}");
    checks.davit("up", "-d").succeeds();
    checks.logged("up-web-1", "full");
    String said = "container \"up-web-1\" has all its 4 processes";
    checks.davit("doctor").fails(said);
    checks.davit("container", "update", "--pids-limit", "50", "up-web-1").succeeds();
    String table = checks.davit("doctor", "--format", "{{.Resource}}").out();
    assertTrue(
        table.lines().toList().containsAll(List.of("process ids", "memory", "inodes")), table);
    assertFalse(checks.davit("doctor").err().contains(said));
  }

  private String pidsLimit() throws Exception {
    String format = "{{.HostConfig.PidsLimit}}";
    return checks.davit("container", "inspect", "-f", format, "up-web-1").succeeds().out().strip();
  }

  private static DefaultLimits share(String pids) {
    HostFacts host = HostFacts.read(Cgroups.detect());
    return DefaultLimits.of(host, Map.of(DefaultLimits.PIDS_LIMIT, pids));
  }
}
