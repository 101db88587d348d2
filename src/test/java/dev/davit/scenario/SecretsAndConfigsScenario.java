package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A secret or config must reach its container with its content, owner and mode, whatever its
/// source, and must be nowhere else.
@Kernel
@Timeout(60)
class SecretsAndConfigsScenario {
  private static final Map<String, String> ENV = Map.of("PASSWORD", "canary-8d3f-password");

  private static String read(Checks checks, String... argv) {
    String[] words = new String[4 + argv.length];
    words[0] = "exec";
    words[1] = "-T";
    words[2] = "reader";
    System.arraycopy(argv, 0, words, 3, argv.length);
    return checks.davit(ENV, java.util.Arrays.copyOf(words, 3 + argv.length)).succeeds().out();
  }

  private static String stat(Checks checks, String file) {
    return read(checks, "stat", "-c", "%u:%g %a", file).strip();
  }

  @Test
  @Intent("[secrets] SecretFromEnv")
  @Intent("[configs] ConfigFromEnv")
  void everySourceIsMountedWithItsOwnerAndMode() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      checks.davit(ENV, "up", "-d").succeeds();
      assertEquals("of the file canary-8d3f-file\n", read(checks, "cat", "/run/secrets/token"));
      assertEquals("0:0 444", stat(checks, "/run/secrets/token"));
      assertEquals("canary-8d3f-password", read(checks, "cat", "/run/secrets/db/password"));
      assertEquals("1001:1002 400", stat(checks, "/run/secrets/db/password"));
      assertEquals("0:0 444", stat(checks, "/etc/app/password"));
      assertEquals("greeting=canary-8d3f-hello\n", read(checks, "cat", "/etc/app/settings.ini"));
      assertEquals("1001:0 640", stat(checks, "/etc/app/settings.ini"));
      assertEquals("greeted by /usr/local/bin/greet\n", read(checks, "greet"));
      checks
          .davit(ENV, "exec", "-T", "-u", "0", "reader", "sh", "-c", "echo x > /run/secrets/token")
          .failsWith(2);
    }
  }

  @Test
  void noValueLiesOnDiskOrInWhatIsTold() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      var events = checks.davit(ENV, "up", "-d").succeeds();
      checks.davit(ENV, "restart").succeeds();
      String told =
          events.out()
              + events.err()
              + checks.davit(ENV, "plan").out()
              + checks.davit(ENV, "explain", "reader").succeeds().out()
              + checks.davit(ENV, "ps", "--format", "json").out()
              + checks.davit(ENV, "logs").out()
              + checks.container("given-reader-1");
      assertTrue(!told.contains("canary-8d3f"), told);
      assertEquals(
          java.util.List.of(), checks.filesOnDiskWith("canary-8d3f"), "files with a secret");
      checks.davit(ENV, "down").succeeds();
      assertTrue(Files.notExists(checks.run().resolve("contents")), "a file system is left");
    }
  }

  @Test
  void theyAreThereAgainAfterTheEngineAndTheContainerStartAgain() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      checks.davit(ENV, "up", "-d").succeeds();
      checks.engineRestarts();
      // The variable is not set here: the engine has kept what it was given.
      checks.engine().containers().restart("given-reader-1", java.util.Optional.empty());
      assertEquals("canary-8d3f-password", read(checks, "cat", "/run/secrets/db/password"));
    }
  }

  @Test
  void anotherValueMakesAnotherContainer() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      checks.davit(ENV, "up", "-d").succeeds();
      String first = checks.container("given-reader-1").id();
      checks.davit(ENV, "up", "-d").succeeds();
      assertEquals(first, checks.container("given-reader-1").id());
      var other = Map.of("PASSWORD", "another");
      checks.davit(other, "plan").succeeds().says("content of secret \"password\" changed");
      checks.davit(other, "up", "-d").succeeds();
      assertNotEquals(first, checks.container("given-reader-1").id());
      assertEquals("another", read(checks, "cat", "/run/secrets/db/password"));
    }
  }

  @Test
  void whatIsLostWithTheMachineIsHandedOverAgain() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      checks.davit(ENV, "up", "-d").succeeds();
      String first = checks.container("given-reader-1").id();
      checks.davit(ENV, "stop").succeeds();
      checks.memoryIsLost();
      checks.davit(ENV, "start").fails("the machine was restarted");
      checks.davit(ENV, "up", "-d").succeeds();
      assertEquals(first, checks.container("given-reader-1").id());
      assertEquals("canary-8d3f-password", read(checks, "cat", "/run/secrets/db/password"));
    }
  }

  @Test
  void whatCannotBeGivenIsTold() throws Exception {
    try (var checks = new Checks("SecretsAndConfigs")) {
      checks.davit(Map.of(), "up", "-d").fails("variable \"PASSWORD\"");
      String service = "services:\n  a: {image: davit/host, secrets: [s]}\nsecrets:\n  s: ";
      checks.file(service + "{file: ./none}\n");
      checks.davit("up", "-d").fails("none\" of secret \"s\" cannot be read");
      checks.file(service + "{external: true}\n");
      checks.davit("up", "-d").fails("secret \"s\" is kept elsewhere");
      Path directory = checks.project().resolve("directory");
      Files.createDirectories(directory);
      checks.file(service + "{file: ./directory}\n");
      checks.davit("up", "-d").fails("is a directory");
    }
  }
}
