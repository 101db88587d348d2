package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `run` must run one command as the service would, with what the service needs, and hand its
/// streams and its exit code through.
@Kernel
@Timeout(120)
class RunScenario {
  private static final String APP =
      """
      name: once
      services:
        app:
          image: davit/host
          command: [sh, -c, 'echo as the service']
          ports: ["28080:80"]
          restart: always
          depends_on: [db]
          environment: {A: file}
        db: {image: davit/host, init: true, command: sleep 1000}
        other: {image: davit/host, init: true, command: sleep 1000}
      """;

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(APP);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  @Test
  @Intent("[compose_run] ComposeRun")
  @Intent("[compose_run] ComposeRunDeps")
  void runTakesTheServicesCommandOrAnotherAndStartsWhatItNeeds() {
    checks.davit("run", "--rm", "app").succeeds().says("as the service\n");
    assertEquals(List.of("once-db-1"), checks.containers());
    assertTrue(checks.container("once-db-1").state().alive());
    checks.davit("run", "--rm", "app", "sh", "-c", "echo out; echo err >&2; exit 7").failsWith(7);
    checks.davit("run", "--name", "kept", "app", "echo", "-n", "word").succeeds().says("word");
    assertTrue(checks.containers().contains("kept"));
    checks.davit("down", "--remove-orphans").succeeds();
    checks.davit("run", "--rm", "--no-deps", "app").succeeds();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void bothStreamsStayApart() {
    Checks.Ran ran = checks.davit("run", "--rm", "-q", "db", "sh", "-c", "echo out; echo err >&2");
    assertEquals("out\n", ran.succeeds().out());
    assertEquals("err\n", ran.err());
  }

  @Test
  @Intent("[compose_run] ComposeRunPipedInput")
  void pipedInputIsReadToItsEnd() {
    Checks.Ran ran = checks.davitWith("one\ntwo\n", "run", "--rm", "-q", "db", "cat");
    assertEquals("one\ntwo\n", ran.succeeds().out());
    checks
        .davit("run", "--tty", "--no-tty", "db", "true")
        .fails("--tty and --no-tty can't be used together");
  }

  @Test
  @Intent("[compose_run] ComposeRunPorts")
  void portsArePublishedOnlyWhenAskedFor() {
    checks.davit("run", "-d", "--name", "none", "app", "sleep", "1000").succeeds();
    assertEquals(List.of(), checks.container("none").sandbox().orElseThrow().ports());
    checks.davit("run", "-d", "--name", "own", "-p", "28081:80", "app", "sleep", "9").succeeds();
    assertEquals(1, checks.container("own").sandbox().orElseThrow().ports().size());
    checks.davit("run", "-d", "--name", "all", "-P", "app", "sleep", "9").succeeds();
    assertEquals(1, checks.container("all").sandbox().orElseThrow().ports().size());
    checks
        .davit("run", "-P", "-p", "1:1", "app")
        .fails("--service-ports and --publish are incompatible");
  }

  @Test
  @Intent("[compose_run] ComposeRunNotRequiredDeps")
  void aDependencyThatNeedNotBeThereIsSkipped() throws Exception {
    checks.file(
        """
        name: once
        services:
          app: {image: davit/host, command: [echo, ran], depends_on: {db: {condition:
            service_started, required: false}}}
          db: {image: davit/host, init: true, command: sleep 1000, profiles: [x]}
        """);
    checks.davit("run", "--rm", "app").succeeds().says("ran");
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void aProgramThatCannotBeExecutedGivesTheCodesOfAShell() {
    checks.davit("run", "--rm", "--no-deps", "app", "no-such-program").failsWith(127);
    checks.davit("run", "--rm", "--no-deps", "app", "/etc/hostname").failsWith(126);
    checks.davit("run", "--rm", "--no-deps", "app", "/etc").failsWith(126);
    checks.davit("run", "--rm", "--no-deps", "-w", "/etc/hostname", "app").failsWith(1);
    checks.davit("run", "nothing").fails("no such service");
    checks.davit("run", "--nothing", "app").fails("unknown option");
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void killEndsOneOffsToo() {
    String id = checks.davit("run", "--rm", "-d", "db").succeeds().out().strip();
    var removed = checks.waitFor(id, WaitCondition.REMOVED);
    checks.davit("kill", "db").succeeds();
    removed.join();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void whatIsToBeRemovedIsRemovedAlsoByTheNextEngine() throws Exception {
    String id = checks.davit("run", "--rm", "-d", "db").succeeds().out().strip();
    checks.engineRestarts();
    var removed = checks.waitFor(id, WaitCondition.REMOVED);
    checks.kill(id, "SIGTERM");
    removed.get(30, java.util.concurrent.TimeUnit.SECONDS);
    assertEquals(List.of(), checks.containers());
    Checks.Ran ran = checks.davit("run", "--rm", "db", "/no/such/program").failsWith(127);
    assertTrue(ran.err().contains("there is no program \"/no/such/program\""), ran.err());
    assertEquals(List.of(), checks.containers());
  }

  @Test
  @Intent("[compose_run] ComposeRunRmStopSignal")
  void whatRunsDetachedIsRemovedWhenItEnds() {
    String id = checks.davit("run", "--rm", "-d", "db").succeeds().out().strip();
    var removed = checks.waitFor(id, WaitCondition.REMOVED);
    checks.kill(id, "SIGTERM");
    removed.join();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void signalsGoToTheContainer() throws Exception {
    String script = "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.1; done";
    try (Checks.Running running = checks.begin("run", "--rm", "-q", "db", "sh", "-c", script)) {
      running.says("ready");
      running.interrupt();
      assertEquals(5, running.ended().says("caught").code());
    }
  }

  @Test
  @Intent("[compose_environment] EnvPriority")
  @Intent("[compose_environment] EnvPriorityComposeEnvironment")
  void variablesOfTheCommandLineComeFirst() throws Exception {
    Files.writeString(checks.project().resolve("more.env"), "A=of file\nB=of file\n");
    String print = "echo \"$A,$B\"";
    checks.davit("run", "--rm", "app", "sh", "-c", print).says("file,\n");
    checks
        .davit("run", "--rm", "--env-from-file", "more.env", "app", "sh", "-c", print)
        .says("of file,of file\n");
    checks
        .davit(
            Map.of("B", "shell"),
            "run",
            "--rm",
            "-e",
            "A=flag",
            "-e",
            "B",
            "app",
            "sh",
            "-c",
            print)
        .says("flag,shell\n");
  }

  @Test
  @Intent("[compose_environment] EnvPriorityComposeEnvFile")
  @Intent("[compose_environment] UnsetEnv")
  void aVariableWithoutValueComesFromTheEnvironmentFile() throws Exception {
    Files.writeString(checks.project().resolve(".env"), "B=of dotenv\n");
    checks
        .davit(
            "run",
            "--rm",
            "-e",
            "B",
            "-e",
            "NOTHING",
            "app",
            "sh",
            "-c",
            "echo $B,${NOTHING-unset}")
        .says("of dotenv,unset\n");
  }

  @Test
  void everyOtherOptionArrives() {
    checks
        .davit(
            "run",
            "--rm",
            "-w",
            "/usr",
            "-u",
            "65534",
            "-l",
            "mine=yes",
            "--entrypoint",
            "sh -c",
            "db",
            "pwd; id -u")
        .says("/usr\n65534\n");
    checks
        .davit(
            "run",
            "--rm",
            "-v",
            "./:/mine:ro",
            "--cap-drop",
            "ALL",
            "db",
            "sh",
            "-c",
            "ls /mine; grep CapEff /proc/self/status")
        .says("compose.yaml\nCapEff:\t0000000000000000");
    checks.davit("run", "-d", "--name", "mine", "--use-aliases", "db").succeeds();
    assertEquals(
        "True", checks.container("mine").config().labels().get("com.docker.compose.oneoff"));
    assertTrue(
        checks
            .container("mine")
            .sandbox()
            .orElseThrow()
            .endpoints()
            .getFirst()
            .names()
            .contains("db"));
    checks.davit("run", "-d", "--name", "plain", "db").succeeds();
    assertFalse(
        checks
            .container("plain")
            .sandbox()
            .orElseThrow()
            .endpoints()
            .getFirst()
            .names()
            .contains("db"));
  }

  @Test
  @Intent("[cascade] CascadeIgnoresOneOffContainer")
  void aOneOffThatEndsDoesNotEndUp() throws Exception {
    try (Checks.Running up = checks.begin("up", "--abort-on-container-exit", "db")) {
      up.saysOnErr("Attaching to db-1");
      checks.davit("run", "--rm", "--no-deps", "db", "true").succeeds();
      assertFalse(up.hasEnded());
      up.interrupt();
      assertEquals(130, up.ended().code());
    }
  }
}
