package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A hook must run at its moment, and its failure must keep from happening what comes after it.
@Kernel
@Timeout(120)
class HooksScenario {
  private static final String SLEEP = "init: true, command: sleep 1000, volumes: [\"data:/data\"]";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private void web(String hooks, String... more) throws Exception {
    checks.file(
        """
        name: hooks
        services:
          web: {image: davit/host, %s, %s}
        %s
        volumes: {data: {}}
        """
            .formatted(SLEEP, hooks, String.join("\n", more)));
  }

  private String ran() {
    return checks.davit("exec", "-T", "web", "cat", "/data/ran").succeeds().out();
  }

  private static String write(String what) {
    return "{command: [sh, -c, \"echo " + what + " >> /data/ran\"]}";
  }

  @Test
  @Intent("[hooks] PostStartHookInError")
  void aPostStartThatFailsFailsUp() throws Exception {
    web("post_start: [{command: [sh, -c, \"echo gone >&2; echo other; exit 127\"]}]");
    var ran = checks.davit("up", "-d").fails("web hook exited with status 127: gone");
    assertTrue(ran.err().contains("compose.yaml:3"), ran.err());
    assertTrue(ran.err().contains("web-1 ->  | other"), ran.err());
  }

  @Test
  @Intent("[hooks] PostStartHookSuccess")
  void aPostStartRunsInTheContainerAsItsUserWithItsEnvironment() throws Exception {
    web(
        "post_start: [{command: [sh, -c, \"echo $$(id -u) $$MORE $$(pwd) > /data/ran\"],"
            + " user: \"1000\", working_dir: /usr, environment: {MORE: \"x\"}}],"
            + " pre_start: [{command: [chmod, \"777\", /data]}]");
    checks.davit("up", "-d").succeeds();
    assertEquals("1000 x /usr\n", ran());
  }

  @Test
  @Intent("[hooks] PreStopHookSuccess")
  @Intent("[hooks] PreStopHookSuccessWithPreviousStop")
  void aPreStopRunsBeforeTheStop() throws Exception {
    web("pre_stop: [" + write("drained") + "]", "  other: {image: davit/host, " + SLEEP + "}");
    checks.davit("up", "-d").succeeds();
    checks.davit("stop", "-t", "0", "web").succeeds();
    assertEquals(Status.EXITED, checks.container("hooks-web-1").state().status());
    assertTrue(checks.container("hooks-other-1").state().alive());
    assertEquals(
        "drained\n", checks.davit("exec", "-T", "other", "cat", "/data/ran").succeeds().out());
    checks.davit("down", "-t", "0").succeeds();
  }

  @Test
  @Intent("[hooks] PreStopHookInError")
  void aPreStopThatFailsKeepsTheContainerRunning() throws Exception {
    web("pre_stop: [{command: [sh, -c, \"echo not now; exit 3\"]}]");
    checks.davit("up", "-d").succeeds();
    checks.davit("down").fails("web hook exited with status 3: not now");
    assertTrue(checks.container("hooks-web-1").state().alive());
    assertEquals(List.of("hooks_default"), checks.networkNames());
    checks.davit("stop").fails("web hook exited with status 3");
    assertTrue(checks.container("hooks-web-1").state().alive());
  }

  @Test
  @Intent("[hooks] PostStartAndPreStopHook")
  void restartRunsBothButPreparesNothing() throws Exception {
    web(
        "pre_start: [%s], post_start: [%s], pre_stop: [%s]"
            .formatted(write("prepared"), write("started"), write("drained")));
    checks.davit("up", "-d").succeeds();
    checks.davit("restart", "-t", "0").succeeds();
    assertEquals("prepared\nstarted\ndrained\nstarted\n", ran());
    checks.davit("up", "-d").succeeds();
    assertEquals("prepared\nstarted\ndrained\nstarted\n", ran());
    checks.davit("stop", "-t", "0").succeeds();
    checks.davit("start").succeeds();
    assertTrue(ran().endsWith("started\ndrained\nprepared\nstarted\n"), ran());
  }

  @Test
  @Intent("[hooks] PreStartHookSequentialOrder")
  void preStartStepsRunInOrderInContainersOfTheirOwnWhichAreGoneThen() throws Exception {
    web(
        "pre_start: [%s, %s, {command: [sh, -c, \"hostname >> /data/ran\"]}]"
            .formatted(write("one"), write("two")));
    checks.davit("up", "-d").succeeds();
    List<String> lines = ran().lines().toList();
    assertEquals(List.of("one", "two"), lines.subList(0, 2));
    assertFalse(checks.container("hooks-web-1").id().startsWith(lines.get(2)));
    assertEquals(List.of("hooks-web-1"), checks.containers());
  }

  @Test
  @Intent("[hooks] PreStartHookInError")
  @Intent("[hooks] PreStartHookMidSequenceFailure")
  void aStepThatFailsIsNamedAndKeptAndNothingStarts() throws Exception {
    web(
        "pre_start: [%s, {command: [sh, -c, \"echo broken; exit 4\"]}, %s]"
            .formatted(write("one"), write("three")));
    var ran = checks.davit("up", "-d").fails("web pre_start hook exited with status 4: broken");
    assertTrue(ran.err().contains("{command: [sh, -c, \"echo broken; exit 4\"]}"), ran.err());
    assertEquals(Status.CREATED, checks.container("hooks-web-1").state().status());
    String kept = "hooks-web-1-pre_start-2";
    assertEquals(List.of("hooks-web-1", kept), checks.containers());
    assertEquals(
        "pre_start", checks.container(kept).config().labels().get("com.docker.compose.hook"));
    web("pre_start: [" + write("again") + "]");
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("hooks-web-1"), checks.containers());
    assertEquals("one\nagain\n", ran());
  }

  @Test
  void downRemovesWhatAStepHasLeft() throws Exception {
    web("pre_start: [{command: [\"false\"]}]");
    checks.davit("up", "-d").fails("exited with status 1");
    assertEquals(2, checks.containers().size());
    checks.davit("down", "-v").succeeds();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  @Intent("[hooks] PreStartHookIdempotentReUp")
  @Intent("[hooks] PreStartHookReRunOnSpecChange")
  @Intent("[hooks] PreStartHookForceRecreate")
  void aChangeOrForceRunsTheStepsAgain() throws Exception {
    web("environment: {A: \"${A:-1}\"}, pre_start: [" + write("prepared") + "]");
    checks.davit("up", "-d").succeeds();
    checks.davit("up", "-d").succeeds();
    assertEquals(1, ran().lines().count());
    String id = checks.container("hooks-web-1").id();
    checks.davit(Map.of("A", "2"), "up", "-d", "-t", "0").succeeds();
    assertNotEquals(id, checks.container("hooks-web-1").id());
    assertEquals(2, ran().lines().count());
    checks.davit(Map.of("A", "2"), "up", "-d", "-t", "0", "--force-recreate").succeeds();
    assertEquals(3, ran().lines().count());
  }

  @Test
  @Intent("[hooks] PreStartHookRunsOnceForScaledService")
  @Intent("[hooks] PreStartHookNotReRunOnScaleUp")
  void aStepRunsOnceForAllReplicasOrOnceForEach() throws Exception {
    web(
        "pre_start: [%s, {per_replica: true, command: [sh, -c, \"echo each >> /data/ran\"]}]"
            .formatted(write("all")));
    checks.davit("up", "-d", "--scale", "web=2").succeeds();
    assertEquals("all\neach\neach\n", ran());
    checks.davit("up", "-d", "--scale", "web=3").succeeds();
    assertEquals("all\neach\neach\neach\n", ran());
  }

  @Test
  void theOutputOfHooksIsShownWhereTheyRun() throws Exception {
    web(
        "pre_start: [{command: [echo, preparing]}], post_start: [{command: [echo, announcing]}]",
        "  job: {image: davit/host, command: [\"true\"], depends_on: [web]}");
    checks
        .davit("up", "--abort-on-container-exit", "-t", "0")
        .says("web-1 ->  | preparing\n")
        .says("web-1 ->  | announcing\n");
  }

  @Test
  void aOneOffHasItsPostStartToo() throws Exception {
    web("post_start: [" + write("started") + "]");
    checks
        .davit(
            "run",
            "--rm",
            "web",
            "sh",
            "-c",
            "until [ -s /data/ran ]; do sleep 0.05; done; cat /data/ran")
        .succeeds()
        .says("started\n");
    web("post_start: [{command: [sh, -c, 'exit 7']}]");
    checks.davit("run", "-d", "web").fails("web hook exited with status 7");
    web("post_start: [{command: [echo, announcing]}]");
    String shown = checks.davit("run", "-d", "web").succeeds().err();
    assertTrue(shown.contains(" ->  | announcing\n"), shown);
    assertFalse(checks.davit("run", "-d", "-q", "web").succeeds().err().contains("announcing"));
  }

  @Test
  @Intent("[hooks] PreStartHookSuccess")
  void aServiceFindsWhatItsStepPrepared() throws Exception {
    checks.file(
        """
        name: hooks
        services:
          web:
            image: davit/host
            command: [sh, -c, "echo found $$(cat /data/prepared); exec sleep 1000"]
            init: true
            volumes: ["data:/data"]
            pre_start: [{command: [sh, -c, "echo this > /data/prepared"]}]
          job: {image: davit/host, command: ["true"], depends_on: [web]}
        volumes: {data: {}}
        """);
    checks.davit("up", "--exit-code-from", "job", "-t", "0").says("found this\n");
  }
}
