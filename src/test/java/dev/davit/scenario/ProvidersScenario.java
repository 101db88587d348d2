package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a provider's program says must reach the services that depend on it, and nobody else.
@Kernel
@Timeout(120)
class ProvidersScenario {
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  /// A stack whose service "web" depends on providers, which are `./cloud` with these commands.
  private void stack(String environment, String commands) throws IOException {
    checks.file(
        """
        name: provided
        services:
          db:
            provider: {type: ./cloud, options: {size: 3, name: [a, b]}}
          queue:
            provider: {type: ./cloud}
            depends_on: [db]
          web:
            image: davit/host
            init: true
            command: sleep 1000
            environment: %s
            depends_on: [db, queue]
          other: {image: davit/host, init: true, command: sleep 1000}
        """
            .formatted(environment));
    Path program = checks.project().resolve("cloud");
    Files.writeString(
        program,
        """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 1
        echo "$*" >> calls
        say() { echo "{\\"type\\": \\"$1\\", \\"message\\": \\"$2\\"}"; }
        for service; do :; done
        command=$3
        test "$2" = metadata && command=metadata
        case $command in
        %s
        esac
        """
            .formatted(commands));
    assertTrue(program.toFile().setExecutable(true));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(checks.project().resolve("calls")).stream()
        .filter(call -> !call.endsWith("metadata"))
        .toList();
  }

  private Map<String, String> environmentOf(String container) {
    return checks.container(container).config().command().env().stream()
        .map(entry -> entry.split("=", 2))
        .collect(java.util.stream.Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  @Test
  @Intent("[providers] DependsOnMultipleProviders")
  void aServiceHasTheVariablesOfAllItsProviders() throws Exception {
    stack("{}", "up) say info \"making $service\"; say debug no; say setenv URL=at-$service ;;");
    var ran = checks.davit("up", "-d").succeeds();
    assertTrue(ran.err().contains("making db\n"), ran.err());
    assertEquals("at-db", environmentOf("provided-web-1").get("DB_URL"));
    assertEquals("at-queue", environmentOf("provided-web-1").get("QUEUE_URL"));
    assertFalse(environmentOf("provided-other-1").containsKey("DB_URL"));
    assertEquals(
        List.of(
            "compose --project-name=provided up --size=3 --name=a --name=b db",
            "compose --project-name=provided up queue"),
        calls());
    assertEquals(List.of("provided-other-1", "provided-web-1"), checks.containers());
  }

  @Test
  void whatAProviderSaysAnewReplacesOnlyItsDependents() throws Exception {
    stack("{}", "up) say setenv \"URL=$WHERE\" ;;");
    checks.davit(Map.of("WHERE", "here"), "up", "-d").succeeds();
    String web = checks.container("provided-web-1").id();
    String other = checks.container("provided-other-1").id();
    checks.davit(Map.of("WHERE", "here"), "up", "-d").succeeds();
    assertEquals(web, checks.container("provided-web-1").id());
    checks.davit(Map.of("WHERE", "there"), "up", "-d", "-t", "0").succeeds();
    assertNotEquals(web, checks.container("provided-web-1").id());
    assertEquals(other, checks.container("provided-other-1").id());
    assertEquals("there", environmentOf("provided-web-1").get("DB_URL"));
  }

  @Test
  @Intent("[providers] ProviderRawSetEnv")
  void aRawVariableHasItsOwnName() throws Exception {
    stack("{}", "up) say setenv URL=a; say rawsetenv REGION=north ;;");
    checks.davit("up", "-d").succeeds();
    assertEquals("north", environmentOf("provided-web-1").get("REGION"));
    assertEquals("a", environmentOf("provided-web-1").get("DB_URL"));
    assertFalse(environmentOf("provided-web-1").containsKey("DB_REGION"));
  }

  private void replaces(String environment) throws Exception {
    stack(environment, "up) test $service = queue || say rawsetenv REGION=north ;;");
    var ran = checks.davit(Map.of("REGION", "inherited"), "up", "-d").succeeds();
    assertTrue(
        ran.err()
            .contains(
                "service \"web\": variable \"REGION\" is replaced by that of provider \"db\""),
        ran.err());
    assertEquals("north", environmentOf("provided-web-1").get("REGION"));
  }

  @Test
  @Intent("[providers] ProviderRawSetEnvOverridesUserEnv")
  void aRawVariableReplacesOneOfTheFileAndSaysSo() throws Exception {
    replaces("{REGION: south}");
  }

  @Test
  @Intent("[providers] ProviderRawSetEnvOverridesInheritedEnv")
  void aRawVariableReplacesAnInheritedOneAndSaysSo() throws Exception {
    replaces("[REGION]");
  }

  @Test
  @Intent("[providers] ProviderRawSetEnvOverridesInheritedEnvMapForm")
  void aRawVariableReplacesAnInheritedOneOfAMappingAndSaysSo() throws Exception {
    replaces("{REGION: }");
  }

  @Test
  @Intent("[providers] ProviderStopHook")
  void stopReachesTheProvidersThatKnowHowToStopAndDownAll() throws Exception {
    stack(
        "{}",
        """
        metadata) echo '{"up": {"parameters": [{"name": "size"}]}, "down": {}, "stop": {}}' ;;
        """);
    checks.davit("up", "-d").succeeds();
    checks.davit("stop", "-t", "0").succeeds();
    checks.davit("down").succeeds();
    assertEquals(
        List.of("up --size=3 db", "up queue", "stop queue", "stop db", "down queue", "down db"),
        calls().stream().map(call -> call.replaceFirst(".*=provided ", "")).toList());
  }

  @Test
  void aProviderThatDeclaresNoStopIsNotStopped() throws Exception {
    stack("{}", "up) ;;");
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("stop").succeeds();
    assertEquals(1, calls().size());
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void aProviderThatFailsFailsUpWithWhatItSays() throws Exception {
    stack("{}", "up) say error \"no such region\" ;;");
    var ran = checks.davit("up", "-d").fails("provider \"db\": no such region");
    assertTrue(ran.err().contains("compose.yaml:4"), ran.err());
    assertEquals(List.of(), checks.containers());
    stack("{}", "up) echo why >&2; exit 3 ;;");
    ran = checks.davit("up", "-d").fails("its program exited with status 3");
    assertTrue(ran.err().contains("db  why\n"), ran.err());
    stack("{}", "up) echo what ;;");
    checks.davit("up", "-d").fails("no JSON message");
    stack(
        "{}",
        "metadata) echo '{\"up\": {\"parameters\": [{\"name\": \"k\", \"required\": true}]}}' ;;");
    checks.davit("up", "-d").fails("requires option \"k\"");
    Files.delete(checks.project().resolve("cloud"));
    checks.davit("up", "-d").fails("program of provider \"./cloud\" not found");
  }

  @Test
  void anInterruptEndsTheProgramAndUpWithTheSignalsExitCode() throws Exception {
    stack("{}", "up) say info begun; printf '{\"type\": '; sleep 1000 ;;");
    try (Checks.Running up = checks.begin("up", "-d")) {
      up.saysOnErr("db  begun");
      up.interrupt();
      Checks.Ran ran = up.ended().failsWith(130);
      assertTrue(ran.err().endsWith("provider \"db\" was interrupted\n"), ran.err());
    }
    assertEquals(1, calls().size());
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void aJobThatOnlyAProviderWaitsForIsReadyWhenItIsDone() throws Exception {
    checks.file(
        """
        name: jobs
        services:
          app: {image: davit/host, init: true, command: sleep 1000}
          key: {provider: {type: ./cloud}, depends_on: {job: {condition: service_completed_successfully}}}
          job: {image: davit/host, command: 'true'}
        """);
    Path program = checks.project().resolve("cloud");
    Files.writeString(program, "#!/bin/sh\nexit 0\n");
    assertTrue(program.toFile().setExecutable(true));
    checks.davit("up", "-d", "--wait").succeeds();
    checks.davit("up", "-d", "--wait").succeeds();
    checks.davit("up", "-d", "--wait", "app").succeeds();
    assertTrue(checks.container("jobs-app-1").state().alive());
  }

  /// A stack in which provider "key" depends on container "vault", and container "app" on "key".
  private void chain(String vault) throws IOException {
    checks.file(
        """
        name: chained
        services:
          app:
            image: davit/host
            init: true
            command: sh -c 'echo app-is-here; exec sleep 1000'
            depends_on: [key]
          key:
            provider: {type: ./cloud}
            depends_on: {vault: {condition: service_healthy}}
          vault:
            image: davit/host
            init: true
            command: %s
            volumes: [./:/here]
            healthcheck: {test: test -f /here/seen, interval: 100ms}
        """
            .formatted(vault));
    Path program = checks.project().resolve("cloud");
    Files.writeString(
        program,
        """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 1
        test "$2" = metadata && { echo '{"up": {}, "down": {}, "stop": {}}'; exit; }
        echo "$3 $4, $(cat seen)" >> calls
        echo '{"type": "setenv", "message": "URL=at-vault"}'
        """);
    assertTrue(program.toFile().setExecutable(true));
  }

  private static final String OPENS =
      "sh -c 'echo vault-is-here; echo open >/here/seen; trap \"echo shut >/here/seen; exit\" TERM; sleep 1000 & wait'";

  @Test
  void aProviderRunsWhenWhatItDependsOnIsHealthyAndEndsBeforeIt() throws Exception {
    chain(OPENS);
    checks.davit("up", "-d").succeeds();
    assertEquals("at-vault", environmentOf("chained-app-1").get("KEY_URL"));
    assertEquals(List.of("up key, open"), calls());
    String app = checks.container("chained-app-1").id();
    String vault = checks.container("chained-vault-1").id();
    checks.davit("up", "-d").succeeds();
    assertEquals(app, checks.container("chained-app-1").id());
    assertEquals(vault, checks.container("chained-vault-1").id());
    checks.davit("stop").succeeds();
    checks.davit("up", "-d", "app").succeeds();
    checks.davit("down").succeeds();
    assertEquals(
        List.of("up key, open", "up key, open", "stop key, open", "up key, open", "down key, open"),
        calls());
    assertEquals("shut", Files.readString(checks.project().resolve("seen")).strip());
    assertEquals(List.of(), checks.containers());
  }

  @Test
  void oneCanComeBetweenContainersInTheForegroundToo() throws Exception {
    chain(OPENS);
    try (Checks.Running up = checks.begin("up", "--scale", "vault=2")) {
      up.says("vault-is-here");
      up.says("app-is-here");
      assertEquals(
          List.of("chained-app-1", "chained-vault-1", "chained-vault-2"), checks.containers());
    }
  }

  @Test
  void noProviderRunsWhereWhatItDependsOnFails() throws Exception {
    chain("'false'");
    var ran = checks.davit("up", "-d").fails("chained-vault-1");
    assertTrue(ran.err().contains("exited (1)"), ran.err());
    assertFalse(Files.exists(checks.project().resolve("calls")));
    assertEquals(List.of("chained-vault-1"), checks.containers());
    checks.davit("run", "--rm", "app").failsWith(1);
    assertFalse(Files.exists(checks.project().resolve("calls")));
    checks.davit("up", "-d", "--no-deps", "key").succeeds();
    assertEquals(1, calls().size());
  }

  @Test
  void aDryRunRunsNoProvider() throws Exception {
    stack("{}", "up) ;;");
    var ran = checks.davit("--dry-run", "up", "-d").succeeds();
    assertTrue(ran.err().contains("provider \"db\" is not run"), ran.err());
    checks.davit("plan").succeeds();
    checks.davit("--dry-run", "down").succeeds();
    assertFalse(Files.exists(checks.project().resolve("calls")));
  }
}
