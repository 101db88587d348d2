package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What containers write must be shown, all of it, for as long as they write.
@Kernel
@Timeout(180)
class LogsScenario {
  private static final int MANY = 300_000;

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
  @Intent("[logs] LocalComposeLargeLogs")
  void everyLineOfAFloodIsShownOnceAndInOrder() throws Exception {
    checks.file(
        "name: flood\nservices: {a: {image: davit/host, command: [sh, -c, 'seq %d']}}\n"
            .formatted(MANY));
    Checks.Ran ran = checks.davit("up", "--no-log-prefix").succeeds();
    List<String> numbers = ran.out().lines().filter(line -> line.matches("\\d+")).toList();
    assertEquals(MANY, numbers.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(Integer.toString(i + 1), numbers.get(i));
    }
  }

  @Test
  @Intent("[logs] LocalComposeLogsFollow")
  void whatIsStartedLaterIsFollowedToo() throws Exception {
    checks.file(
        """
        name: follow
        services:
          first: {image: davit/host, init: true, command: [sh, -c, 'echo I am first; exec sleep 1000']}
          later: {image: davit/host, init: true, command: [sh, -c, 'echo I am later; exec sleep 1000']}
        """);
    checks.davit("up", "-d", "first").succeeds();
    try (Checks.Running logs = checks.begin("logs", "-f")) {
      logs.says("first-1  | I am first");
      checks.davit("up", "-d", "later").succeeds();
      logs.says("later-1  | I am later");
      checks.davit("up", "-d", "--scale", "first=2").succeeds();
      logs.says("first-2  | I am first");
      assertFalse(logs.hasEnded());
    }
  }

  @Test
  void aPartOfTheLogIsShownByTimeAndByNumber() throws Exception {
    checks.file(
        """
        name: part
        services:
          count: {image: davit/host, command: [sh, -c, 'for i in one two three; do echo $$i; sleep 0.1; done']}
          once: {image: davit/host, command: [echo, only]}
        """);
    checks.davit("up", "--no-log-prefix").succeeds();
    List<String> times =
        shown("-t", "count").stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    assertEquals(3, times.size());
    assertEquals(List.of("two", "three"), shown("--since", times.get(1), "count"));
    assertEquals(List.of("one", "two"), shown("--until", times.get(1), "count"));
    assertEquals(List.of("two"), shown("--since", times.get(1), "--until", times.get(1), "count"));
    assertEquals(List.of("one", "two", "three"), shown("--since", "1h", "count"));
    assertEquals(List.of(), shown("--until", "1h", "count"));
    assertEquals(List.of("three"), shown("-n", "1", "count"));
    assertEquals(List.of("two", "three"), shown("--tail", "2", "count"));
    assertEquals(List.of(), shown("-n", "0", "count"));
    assertEquals(List.of("only", "three"), shown("-n", "1").stream().sorted().toList());
    assertEquals(List.of("three"), shown("-f", "--since", times.get(2), "count"));
    Checks.Ran odd = checks.davit("logs", "--since", "tomorrow");
    assertTrue(odd.code() != 0 && odd.err().contains("--since"), odd.err());
  }

  @Test
  void eachLineSaysWhatLogOptionsAskOfItsContainer() throws Exception {
    checks.file(
        """
        name: tagged
        services:
          web:
            image: davit/host
            command: [echo, hello]
            environment: {REGION: north sea}
            labels: {tier: front}
            logging: {options: {tag: "{{.Name}}", labels: tier, env-regex: ^REG}}
        """);
    Checks.Ran up = checks.davit("up").succeeds();
    assertFalse(up.err().contains("without option"), up.err());
    String line = "REGION=north+sea,tag=tagged-web-1,tier=front hello\n";
    assertEquals(line, containerLogs("--details", "tagged-web-1"));
    assertEquals("hello\n", containerLogs("tagged-web-1"));
    checks.davit("container", "rename", "tagged-web-1", "other").succeeds();
    checks.davit("container", "start", "other").succeeds();
    checks.awaiting("other", WaitCondition.NOT_RUNNING);
    assertEquals(line + line.replace("tagged-web-1", "other"), containerLogs("--details", "other"));
  }

  @Test
  void compressedLogsAreShownLikeOthers() throws Exception {
    checks.file(
        """
        name: packed
        services:
          web:
            image: davit/host
            command: [seq, "20000"]
            logging: {options: {max-size: 256k, max-file: "20", compress: "true"}}
        """);
    checks.davit("up", "-d").succeeds();
    checks.awaiting("packed-web-1", WaitCondition.NOT_RUNNING);
    List<String> numbers = containerLogs("packed-web-1").lines().toList();
    assertEquals(20_000, numbers.size());
    assertEquals("20000", numbers.getLast());
    assertEquals("15001", containerLogs("-n", "5000", "packed-web-1").lines().findFirst().get());
  }

  private String containerLogs(String... words) {
    String[] argv =
        Stream.concat(Stream.of("container", "logs"), Stream.of(words)).toArray(String[]::new);
    return checks.davit(argv).succeeds().out();
  }

  private List<String> shown(String... options) {
    var words = new ArrayList<>(List.of("logs", "--no-log-prefix"));
    words.addAll(List.of(options));
    return checks.davit(words.toArray(String[]::new)).succeeds().out().lines().toList();
  }

  @Test
  @Intent("[up] UpStopWithLogsMixed")
  void whatSurvivorsAndHooksWriteWhileAllIsStoppedIsShown() throws Exception {
    checks.file(
        """
        name: mixed
        services:
          ends: {image: davit/host, command: [sh, -c, 'exit 3'], depends_on: {stays: {condition: service_healthy}}}
          stays:
            image: davit/host
            command: [sh, -c, "trap 'echo last words; exit 0' TERM; touch /tmp/ready; while :; do sleep 0.05; done"]
            healthcheck: {test: [CMD, test, -e, /tmp/ready], interval: 50ms}
            pre_stop: [{command: [echo, draining]}]
        """);
    Checks.Ran ran = checks.davit("up", "--abort-on-container-exit").failsWith(3);
    ran.says("stays-1  | last words").says("stays-1 exited with code 0");
    assertTrue((ran.out() + ran.err()).contains("draining"), ran.out() + ran.err());
    assertFalse(checks.container("mixed-stays-1").state().alive());
  }
}
