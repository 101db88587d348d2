package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Kernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A stack must come up in the order of its conditions, stay as it is while nothing changes, and go
/// without a trace.
@Kernel
@Timeout(120)
class UpAndDownScenario {
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  @Test
  void upStartsWhatIsNeededFirstAndDownLeavesOnlyTheVolume() {
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("updown-db-1", "updown-job-1", "updown-web-1"), checks.containers());
    assertEquals(Status.EXITED, checks.container("updown-job-1").state().status());
    assertEquals(Status.RUNNING, checks.container("updown-web-1").state().status());
    checks.davit("ps").succeeds().says("(healthy)").says("updown-web-1");
    checks.davit("ps", "-a", "--format", "json").succeeds().says("\"Service\":\"job\"");
    checks.davit("logs", "job").succeeds().says("job-1  | migrated");
    checks.davit("exec", "-T", "web", "sh", "-c", "echo $COLOUR; exit 3").says("blue");
    assertEquals(3, checks.davit("exec", "-T", "web", "sh", "-c", "exit 3").code());
    checks.davit("ls").succeeds().says("exited(1), running(2)");
    checks.davit("explain", "web").succeeds().says("execve");
    checks.davit("down").succeeds();
    assertEquals(List.of(), checks.containers());
    assertEquals(List.of(), checks.networkNames());
    assertEquals(List.of("updown_data"), checks.volumeNames());
    checks.davit("up", "-d", "--wait", "db").succeeds();
    String starts = checks.davit("exec", "-T", "db", "cat", "/data/starts").succeeds().out();
    assertEquals(2, starts.lines().count(), starts);
    checks.davit("down", "-v").succeeds();
    assertEquals(List.of(), checks.volumeNames());
  }

  @Test
  void upAgainLeavesWhatRunsAndReplacesWhatChanged() {
    checks.davit("up", "-d").succeeds();
    String db = checks.container("updown-db-1").id();
    String web = checks.container("updown-web-1").id();
    checks.davit("up", "-d").succeeds();
    assertEquals(web, checks.container("updown-web-1").id());
    checks.davit(Map.of("COLOUR", "red"), "plan").says("configuration changed (environment)");
    checks.davit(Map.of("COLOUR", "red"), "up", "-d").succeeds();
    assertNotEquals(web, checks.container("updown-web-1").id());
    assertEquals(db, checks.container("updown-db-1").id());
    checks.davit("exec", "-T", "web", "sh", "-c", "echo $COLOUR").says("red");
  }

  @Test
  void scaleAddsAndRemovesReplicas() {
    checks.davit("up", "-d", "--no-deps", "--scale", "web=3", "web").succeeds();
    assertEquals(List.of("updown-web-1", "updown-web-2", "updown-web-3"), checks.containers());
    checks.davit("up", "-d", "--no-deps", "web").succeeds();
    assertEquals(List.of("updown-web-1"), checks.containers());
  }

  @Test
  void verbsChangeTheState() {
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("pause", "db").succeeds();
    assertEquals(Status.PAUSED, checks.container("updown-db-1").state().status());
    checks.davit("unpause", "db").succeeds();
    checks.davit("stop", "db").succeeds();
    assertFalse(checks.container("updown-db-1").state().alive());
    checks.davit("start", "db").succeeds();
    checks.davit("restart", "-t", "0", "db").succeeds();
    assertTrue(checks.container("updown-db-1").state().alive());
    checks.davit("kill", "db").succeeds();
  }

  @Test
  void upInTheForegroundEndsWithTheLastContainer() {
    var ran = checks.davit("up", "job").succeeds();
    ran.says("job-1  | migrated").says("job-1 exited with code 0");
    assertTrue(ran.err().contains("Attaching to job-1"), ran.err());
  }

  @Test
  void anUnknownServiceIsRefusedWithTheNearestName() {
    checks.davit("up", "wbe").fails("no such service");
    checks.davit("stop", "wbe").fails("did you mean \"web\"?");
  }

  @Test
  void upReturnsTheCodeOfWhatEndedIt() throws Exception {
    checks.file(
        """
        name: ends
        services:
          job: {image: davit/host, command: [sh, -c, "echo done; exit 4"], depends_on: [stays]}
          stays: {image: davit/host, init: true, command: sleep 1000}
        """);
    for (String flag : new String[] {"--exit-code-from=job", "--abort-on-container-exit"}) {
      Checks.Ran ran = checks.davit("up", flag);
      assertEquals(4, ran.code(), ran.err());
      ran.says("job-1 exited with code 4").says("stays-1 exited with code 143");
    }
  }

  @Test
  void anExitEndsUpWhileOthersAreStillWaitedFor() throws Exception {
    checks.file(
        """
        name: ends
        services:
          job: {image: davit/host, command: [sh, -c, "exit 4"], depends_on: [slow]}
          slow:
            image: davit/host
            init: true
            command: sleep 1000
            healthcheck: {test: "false", interval: 1s, retries: 1000}
          waits:
            image: davit/host
            depends_on: {slow: {condition: service_healthy}}
        """);
    checks.davit("up", "--abort-on-container-exit").failsWith(4);
    assertFalse(checks.container("ends-slow-1").state().alive());
  }

  @Test
  void anyUserMayListenOnEveryPort() throws Exception {
    checks.file("name: ports\nservices: {web: {image: davit/host, command: sleep 1000}}\n");
    checks.davit("up", "-d").succeeds();
    String start = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
    checks.davit("exec", "-T", "web", "cat", start).says("0\n");
  }
}
