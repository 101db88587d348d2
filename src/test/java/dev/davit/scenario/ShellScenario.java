package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.Size;
import dev.davit.test.Kernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who sits in the shell must be able to end what runs without ending the shell.
@Kernel
@Timeout(120)
class ShellScenario {
  private static final Size WINDOW = new Size(120, 40);
  private static final String CTRL_C = "\003";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(
        """
        name: seen
        services:
          app: {image: davit/host, init: true, command: [sh, -c, 'echo hello; exec sleep 1000']}
        """);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private Checks.Running shell() throws Exception {
    var shell = checks.begin(WINDOW, "shell");
    shell.says("> ");
    return shell;
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
