package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.davit.engine.Container;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Event;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The order of a stack must hold when nobody gives a command: when a dependency is started again.
@Kernel
@Timeout(180)
class UpkeepScenario {
  private static final String STACK =
      """
      name: keep
      x-common: &common {image: davit/host, init: true, volumes: ["data:/data"]}
      services:
        web:
          <<: *common
          restart: unless-stopped
          depends_on: {db: {condition: service_healthy, restart: true}}
          post_start: [{command: [sh, -c, "echo announced >> /data/log"]}]
          command: [sh, -c, "echo web >> /data/log; exec sleep 1000"]
        other: {<<: *common, restart: always, command: sleep 1000, depends_on: [db]}
        stopped: {<<: *common, restart: unless-stopped, command: sleep 1000}
        once: {<<: *common, command: sleep 1000}
        db:
          <<: *common
          restart: always
          command:
            - sh
            - -c
            - "sleep 1; echo db >> /data/log; touch /up/ok; exec sleep 1000"
          tmpfs: [/up]
          healthcheck: {test: [CMD, test, -f, /up/ok], interval: 200ms, retries: 200}
      volumes: {data: {}}
      """;

  private static final String BESIDE =
      """
        beside: {<<: *common, restart: always, command: sleep 1000, pid: "service:db"}
      volumes:\
      """;

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(STACK);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private List<String> log() {
    return checks
        .davit("exec", "-T", "other", "cat", "/data/log")
        .succeeds()
        .out()
        .lines()
        .toList();
  }

  @Test
  void whoAskedForItRestartsWhenADependencyIsStartedAgain() throws Exception {
    checks.file(STACK.replace("volumes: {data", BESIDE + " {data"));
    checks.davit("up", "-d").succeeds();
    Container other = checks.container("keep-other-1");
    var web = checks.engine().containers().waitFor("keep-web-1", WaitCondition.NEXT_EXIT);
    var beside = checks.engine().containers().waitFor("keep-beside-1", WaitCondition.NEXT_EXIT);
    String before = checks.container("keep-web-1").state().startedAt().orElseThrow().toString();
    checks.killed("keep-db-1");
    web.get(60, TimeUnit.SECONDS);
    beside.get(60, TimeUnit.SECONDS);
    checks.awaiting("keep-web-1", WaitCondition.RUNNING);
    checks.awaiting("keep-beside-1", WaitCondition.RUNNING);
    Container after = checks.container("keep-web-1");
    assertNotEquals(before, after.state().startedAt().orElseThrow().toString());
    assertEquals(other.state(), checks.container("keep-other-1").state());
    List<String> lines = log();
    assertEquals(List.of("db", "web", "announced", "db"), lines.subList(0, 4));
    assertEquals(1, checks.container("keep-db-1").restartCount());
    assertEquals(
        Optional.of("killed by somebody else than davit"),
        event("die", "keep-db-1").map(event -> event.attributes().get("reason")));
    assertEquals(
        Optional.of("1"),
        event("start", "keep-db-1").map(event -> event.attributes().get(Event.RESTART_COUNT)));
  }

  @Test
  void whatIsWantedOutlivesTheEngineAndIsNotWhatContainersWereMadeFrom() throws Exception {
    checks.file(STACK.replace(", restart: true}}", "}}"));
    checks.davit("up", "-d").succeeds();
    String web = checks.container("keep-web-1").id();
    checks.file(STACK);
    checks.davit("--dry-run", "up", "-d").succeeds();
    String before = checks.wish("keep").orElseThrow();
    checks.davit("up", "-d").succeeds();
    assertNotEquals(before, checks.wish("keep").orElseThrow());
    assertEquals(web, checks.container("keep-web-1").id());
    checks.engineRestarts();
    var follows = checks.engine().containers().waitFor("keep-web-1", WaitCondition.NEXT_EXIT);
    checks.killed("keep-db-1");
    follows.get(60, TimeUnit.SECONDS);
    checks.awaiting("keep-web-1", WaitCondition.RUNNING);
    checks.davit("down", "-t", "0", "web").succeeds();
    assertEquals(true, checks.wish("keep").isPresent());
    checks.davit("down", "-t", "0").succeeds();
    assertEquals(Optional.empty(), checks.wish("keep"));
  }

  @Test
  void aWishThatCannotBeReadIsNoReasonToFail() throws Exception {
    checks.davit("up", "-d").succeeds();
    Files.writeString(checks.wishFile("keep"), "{");
    checks.engineRestarts();
    var follows = checks.engine().containers().waitFor("keep-web-1", WaitCondition.NEXT_EXIT);
    checks.killed("keep-db-1");
    follows.get(60, TimeUnit.SECONDS);
    checks.awaiting("keep-web-1", WaitCondition.RUNNING);
    checks.davit("up", "-d").succeeds();
    assertNotEquals("{", checks.wish("keep").orElseThrow());
  }

  private Optional<Event> event(String action, String name) {
    return checks.engine().events().recent().reversed().stream()
        .filter(event -> event.action().equals(action) && event.name().equals(name))
        .findFirst();
  }

  @Test
  void whoDoesNotStopInTimeIsSaidToHaveBeenKilled() throws Exception {
    checks.davit("up", "-d", "--no-deps", "other").succeeds();
    checks.davit("kill", "other").succeeds();
    checks.awaiting("keep-other-1", WaitCondition.NOT_RUNNING);
    assertEquals("killed by command", checks.container("keep-other-1").state().error());
    checks.file(
        """
        name: deaf
        services: {one: {image: davit/host, command: [sh, -c, "trap '' TERM; while :; do sleep 1; done"]}}
        """);
    checks.davit("up", "-d").succeeds();
    checks.davit("stop", "-t", "0").succeeds();
    assertEquals(
        "killed as it did not stop within 0s", checks.container("deaf-one-1").state().error());
  }
}
