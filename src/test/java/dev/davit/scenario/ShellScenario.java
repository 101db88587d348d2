package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Who sits in the shell must be able to end what runs without ending the shell.
@Kernel
class ShellScenario extends AtATerminal {
  private static final String CTRL_C = "\003";
  private static final String UP = "\033OA";

  private Checks.Running shell() throws Exception {
    var shell = checks.begin(WINDOW, "shell");
    shell.says("> ");
    return shell;
  }

  @Test
  void ctrlCEndsTheCommandAndNotTheShell() throws Exception {
    checks.davit("up", "-d").succeeds();
    try (var shell = shell()) {
      shell.types("logs -f\r");
      shell.says("hello\r\n");
      shell.types(CTRL_C);
      shell.prompts();
      shell.types("exec -T app echo goes on\r");
      shell.says("goes on\r\n").prompts();
      shell.types("exit 7\r");
      shell.ended().failsWith(7);
    }
  }

  @Test
  void eachProjectHasItsHistory() throws Exception {
    Path other = Files.createDirectory(checks.project().resolve("other"));
    String file = Files.readString(checks.project().resolve("compose.yaml"));
    Files.writeString(other.resolve("compose.yaml"), file.replace("name: seen", "name: other"));
    try (var shell = shell()) {
      shell.types("ls # of seen\r");
      shell.says("CONFIG FILES").prompts();
      shell.types("cd other\r");
      shell.ends("other 0/1> ");
      shell.types(UP + "exit 3\r");
      shell.ended().failsWith(3);
    }
    try (var shell = shell()) {
      shell.types(UP);
      shell.ends("> cd other");
      shell.types(UP);
      shell.ends("ls # of seen");
      shell.types(CTRL_C);
      shell.prompts();
      shell.types("exit 4\r");
      shell.ended().failsWith(4);
    }
  }

  @Test
  void tabCompletesWhatIsThere() throws Exception {
    checks.davit("up", "-d").succeeds();
    try (var shell = shell()) {
      completes(shell, "unp", "unpause ");
      completes(shell, "logs --no-lo", "logs --no-log-prefix ");
      completes(shell, "logs a", "logs app ");
      completes(shell, "container stop seen-", "container stop seen-app-1 ");
      completes(shell, "network inspect seen_", "network inspect seen_default ");
      completes(shell, "exec app base6", "exec app base64 ");
      shell.types("exit 5\r");
      shell.ended().failsWith(5);
    }
  }

  private static void completes(Checks.Running shell, String begun, String whole)
      throws InterruptedException {
    shell.types(begun + "\t");
    shell.ends("> " + whole);
    shell.types(CTRL_C);
    shell.prompts();
  }

  @Test
  void ctrlCClearsTheLineAlsoBeforeAnythingWasRun() throws Exception {
    try (var shell = shell()) {
      shell.types("nonsense");
      shell.says("nonsense");
      shell.types(CTRL_C);
      shell.types("exit 5\r");
      Checks.Ran ran = shell.ended().failsWith(5);
      assertFalse(ran.out().contains("unknown command"), ran.out());
    }
  }

  @Test
  void theMenuOfUpLetsGoOfTheKeys() throws Exception {
    try (var shell = shell()) {
      shell.types("up\r");
      shell.says("hello").says("Detach");
      shell.types("dexec app echo first key\r");
      shell.says("first key\r\n").prompts();
      shell.types("exit\r");
      shell.ended().succeeds();
      assertTrue(checks.container("seen-app-1").state().alive());
    }
  }

  @Test
  void ctrlCStopsUpAndASecondKills() throws Exception {
    checks.file(
        """
        name: seen
        services:
          app:
            image: davit/host
            stop_grace_period: 1h
            command: [sh, -c, "trap '' TERM; echo hello; while :; do sleep 1; done"]
        """);
    try (var shell = shell()) {
      shell.types("up\r");
      shell.says("hello").says("Detach");
      shell.types(CTRL_C);
      shell.says("Gracefully Stopping");
      shell.types(CTRL_C);
      shell.says("app-1 exited with code 137").prompts();
      shell.types("exit\r");
      shell.ended().failsWith(130);
    }
  }

  @Test
  void whatRunsOnATerminalInAContainerGetsEveryKey() throws Exception {
    checks.davit("up", "-d").succeeds();
    try (var shell = shell()) {
      shell.types(
          "exec app sh -c 'stty raw -echo; printf \"a\\nb\"; echo ready; od -An -tx1 -N3'\r");
      shell.says("a\nb").says("ready");
      shell.types("\003\032\034");
      shell.says(" 03 1a 1c").prompts();
      shell.types("exit\r");
      shell.ended().succeeds();
    }
  }
}
