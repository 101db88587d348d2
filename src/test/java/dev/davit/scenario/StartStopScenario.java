package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What starts, stops, restarts, pauses, waits for and removes containers must do that to the
/// services asked for, and to no others.
@Kernel
@Timeout(120)
class StartStopScenario {
  private static final String TWO =
      """
      name: two
      services:
        web: {image: davit/host, init: true, command: sleep 1000, depends_on: [db]}
        db: {image: davit/host, init: true, command: sleep 1000}
      """;

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(TWO);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private boolean runs(String container) {
    return checks.container(container).state().alive();
  }

  @Test
  @Intent("[start_stop] StartStop")
  void stopHaltsInPlaceAndStartBringsTheSameOnesBack() {
    checks.davit("up", "-d").succeeds();
    String web = checks.container("two-web-1").id();
    checks.davit("stop").succeeds();
    assertFalse(runs("two-web-1") || runs("two-db-1"));
    checks.davit("start").succeeds();
    assertTrue(runs("two-web-1") && runs("two-db-1"));
    assertEquals(web, checks.container("two-web-1").id());
  }

  @Test
  @Intent("[start_stop] StartStopWithDependencies")
  @Intent("[start_stop] StopAlreadyStopped")
  @Intent("[start_stop] StartAlreadyRunning")
  void stopHaltsOneServiceAndStartItsDependenciesToo() {
    checks.davit("up", "-d").succeeds();
    checks.davit("stop", "db").succeeds();
    assertTrue(runs("two-web-1"));
    checks.davit("stop", "db").succeeds();
    checks.davit("stop").succeeds();
    checks.davit("start", "web").succeeds();
    assertTrue(runs("two-db-1") && runs("two-web-1"));
    Checks.Ran again = checks.davit("start", "web").succeeds();
    assertEquals("", again.out() + again.err());
  }

  @Test
  @Intent("[start_stop] UpNoDeps")
  void upWithoutDependenciesMakesNone() {
    checks.davit("up", "-d", "--no-deps", "web").succeeds();
    assertEquals(List.of("two-web-1"), checks.containers());
  }

  @Test
  @Intent("[start_stop] StartStopMultipleServices")
  @Intent("[start_stop] StartSingleServiceAndDependency")
  void severalServicesAtOnceAndNothingElse() throws Exception {
    checks.file(TWO + "  other: {image: davit/host, init: true, command: sleep 1000}\n");
    checks.davit("create").succeeds();
    checks.davit("start", "web").succeeds();
    assertTrue(runs("two-db-1") && runs("two-web-1"));
    assertEquals(Status.CREATED, checks.container("two-other-1").state().status());
    checks.davit("start", "other").succeeds();
    checks.davit("stop", "web", "db").succeeds();
    assertTrue(runs("two-other-1"));
    assertFalse(runs("two-db-1") || runs("two-web-1"));
    checks.davit("start", "w*", "d?").succeeds();
    assertTrue(runs("two-db-1") && runs("two-web-1"));
  }

  @Test
  @Intent("[start_stop] StartStopWithOneOffs")
  void oneOffsAreLeftAlone() {
    checks.davit("up", "-d").succeeds();
    checks.davit("run", "-d", "--name", "mine", "web", "sleep", "1000").succeeds();
    checks.davit("stop").succeeds();
    assertTrue(runs("mine"));
    checks.davit("start").succeeds();
    checks.davit("restart", "-t", "0").succeeds();
    assertEquals(0, checks.container("mine").restartCount());
    assertTrue(runs("mine") && runs("two-web-1"));
    checks.davit("down", "--remove-orphans").succeeds();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  @Intent("[start_stop] StartStopMultipleFiles")
  void stopOfOneFileLeavesTheServicesOfTheOther() throws Exception {
    checks.davit("up", "-d", "db").succeeds();
    Files.writeString(
        checks.project().resolve("other.yaml"),
        "name: two\nservices: {other: {image: davit/host, init: true, command: sleep 1000}}\n");
    checks.davit("-f", "other.yaml", "up", "-d").succeeds();
    checks.davit("-f", "other.yaml", "stop").succeeds();
    assertTrue(runs("two-db-1"));
    assertFalse(runs("two-other-1"));
  }

  @Test
  @Intent("[pause] Pause")
  @Intent("[pause] PauseServiceAlreadyPaused")
  @Intent("[pause] PauseServiceNotRunning")
  @Intent("[pause] PauseServiceDoesNotExist")
  void pauseFreezesOnlyTheServiceAskedFor() {
    checks.davit("pause", "web").succeeds();
    checks.davit("up", "-d").succeeds();
    String web = checks.container("two-web-1").id();
    checks.davit("pause", "web").succeeds();
    assertEquals(Status.PAUSED, checks.container("two-web-1").state().status());
    assertEquals(Status.RUNNING, checks.container("two-db-1").state().status());
    checks.davit("pause", "web").fails("paused");
    checks.davit("pause", "wbe").fails("no such service");
    checks.davit("unpause", "web").succeeds();
    assertEquals(Status.RUNNING, checks.container("two-web-1").state().status());
    assertEquals(web, checks.container("two-web-1").id());
  }

  @Test
  @Intent("[restart] Restart")
  void restartBringsBackWhatHasEnded() throws Exception {
    checks.file("name: two\nservices: {job: {image: davit/host, command: [sh, -c, 'exit 1']}}\n");
    checks.davit("up", "-d").succeeds();
    checks.davit("wait", "job");
    var before = checks.container("two-job-1");
    checks.davit("restart", "job").succeeds();
    var after = checks.container("two-job-1");
    assertEquals(before.id(), after.id());
    assertTrue(
        after.state().startedAt().orElseThrow().isAfter(before.state().startedAt().orElseThrow()));
  }

  @Test
  @Intent("[restart] RestartWithDependencies")
  void whoAsksForItRestartsWithWhatItDependsOn() throws Exception {
    String three =
        """
        name: three
        services:
          base: {image: davit/host, init: true, command: sleep 1000, environment: {V: one},
            healthcheck: {test: [CMD, "true"]}}
          with: {image: davit/host, init: true, command: sleep 1000,
            depends_on: {base: {condition: service_healthy, restart: true}}}
          without: {image: davit/host, init: true, command: sleep 1000,
            depends_on: {base: {condition: service_healthy}}}
        """;
    checks.file(three);
    checks.davit("up", "-d").succeeds();
    String with = started("three-with-1");
    String without = started("three-without-1");
    checks.davit("restart", "-t", "0", "base").succeeds();
    assertNotEquals(with, started("three-with-1"));
    assertEquals(without, started("three-without-1"));
    with = started("three-with-1");
    checks.file(three.replace("V: one", "V: two"));
    checks.davit("up", "-d").succeeds();
    assertNotEquals(with, started("three-with-1"));
    assertEquals(without, started("three-without-1"));
    with = started("three-with-1");
    checks.davit("restart", "--no-deps", "-t", "0", "base").succeeds();
    assertEquals(with, started("three-with-1"));
  }

  private String started(String container) {
    return checks.container(container).state().startedAt().orElseThrow().toString();
  }

  @Test
  @Intent("[restart] RestartWithProfiles")
  void aProfiledServiceRestartsWithoutTheFlag() throws Exception {
    checks.file(
        TWO + "  extra: {image: davit/host, init: true, command: sleep 9, profiles: [x]}\n");
    checks.davit("--profile", "x", "up", "-d", "extra").succeeds();
    String before = started("two-extra-1");
    checks.davit("restart", "-t", "0", "extra").succeeds();
    assertNotEquals(before, started("two-extra-1"));
  }

  @Test
  @Intent("[compose] Rm")
  void rmRemovesTheServiceAskedForOrAll() {
    checks.davit("up", "-d").succeeds();
    checks.davit("rm", "-f").succeeds();
    assertEquals(2, checks.containers().size());
    checks.davit("rm", "-s", "-f", "web").succeeds();
    assertEquals(List.of("two-db-1"), checks.containers());
    checks.davit("stop").succeeds();
    checks.davitWith("n\n", "rm").succeeds();
    checks.davit("rm").succeeds();
    assertEquals(List.of("two-db-1"), checks.containers());
    checks.davitWith("y\n", "rm").succeeds().says("Going to remove two-db-1");
    assertEquals(List.of(), checks.containers());
    assertTrue(checks.davit("rm").succeeds().err().contains("No stopped containers"));
  }

  @Test
  void killSaysWhenThereIsNothingToKill() {
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("kill").succeeds();
    checks.davit("wait", "db");
    assertTrue(checks.davit("kill").succeeds().err().contains("No container to kill"));
  }

  private static final String PACES =
      """
      name: paces
      services:
        faster: {image: davit/host, command: [sh, -c, 'sleep 0.3; exit 3']}
        slower: {image: davit/host, command: [sh, -c, 'sleep 0.8; exit 4']}
        infinity: {image: davit/host, init: true, command: sleep 1000}
      """;

  @Test
  @Intent("[wait] WaitOnFaster")
  @Intent("[wait] WaitOnSlower")
  @Intent("[wait] WaitAndDrop")
  void waitReturnsTheCodeOfWhatEnds() throws Exception {
    checks.file(PACES);
    checks.davit("up", "-d").succeeds();
    checks.davit("wait", "faster").failsWith(3).says("exited with status code 3");
    assertTrue(runs("paces-slower-1"));
    checks.davit("wait", "slower").failsWith(4);
    checks.davit("up", "-d", "faster").succeeds();
    checks.davit("wait", "--down-project", "faster").failsWith(3);
    assertEquals(List.of(), checks.containers());
    checks.davit("wait", "faster").fails("no containers");
  }

  @Test
  @Intent("[wait] WaitOnInfinity")
  void waitBlocksWhileTheServiceRuns() throws Exception {
    checks.file(PACES);
    checks.davit("up", "-d", "infinity").succeeds();
    try (Checks.Running waiting = checks.begin("wait", "infinity")) {
      assertFalse(waiting.hasEnded());
      checks.davit("kill", "infinity").succeeds();
      assertEquals(137, waiting.ended().code());
    }
  }

  @Test
  void startRefusesWhatWasNeverMade() {
    checks.davit("start", "web").fails("has no container to start");
  }
}
