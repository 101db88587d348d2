package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.Size;
import dev.davit.test.Kernel;
import org.junit.jupiter.api.Test;

/// Who sits at a terminal must see each program in the size of the window, and reach it by keys.
@Kernel
class TerminalScenario extends AtATerminal {
  private static final String TELLS_ITS_SIZE =
      "trap 'stty size; exit 3' WINCH; stty size; echo ready; sleep 1000 & wait";

  private boolean runs() {
    return checks.container("seen-app-1").state().alive();
  }

  @Test
  void execHasTheWindowsSizeFromTheStartAndFollowsIt() throws Exception {
    checks.davit("up", "-d").succeeds();
    try (var exec = checks.begin(WINDOW, "exec", "app", "sh", "-c", TELLS_ITS_SIZE)) {
      exec.says("ready");
      exec.resizes(new Size(100, 30));
      assertEquals("40 120\r\nready\r\n30 100\r\n", exec.ended().failsWith(3).out());
    }
  }

  @Test
  void runHasTheWindowsSizeFromTheStartAndFollowsIt() throws Exception {
    try (var run = checks.begin(WINDOW, "run", "--rm", "app", "sh", "-c", TELLS_ITS_SIZE)) {
      run.says("ready");
      run.resizes(new Size(100, 30));
      assertEquals("40 120\r\nready\r\n30 100\r\n", run.ended().failsWith(3).out());
    }
  }

  @Test
  void theKeysToDetachLeaveAOneOffRunning() throws Exception {
    try (var run = checks.begin(WINDOW, "run", "--name=one", "app", "cat")) {
      run.types("typed\n");
      run.says("typed\r\ntyped\r\n");
      run.types("\020\021");
      run.ended().succeeds();
      assertTrue(checks.container("one").state().alive());
    }
  }

  @Test
  void theMenuStaysBelowWhatIsPrintedAndDetaches() throws Exception {
    try (var up = checks.begin(WINDOW, "up")) {
      up.says("hello");
      up.says("w\033[0m Enable Watch   ");
      up.types("w");
      up.says("none of the selected services is configured for watch");
      up.resizes(new Size(20, 10));
      up.says("w Enable Watch   d…");
      up.types("d");
      String out = up.ended().succeeds().out();
      assertTrue(out.endsWith("\r\033[J"), out);
      assertTrue(runs());
    }
  }

  @Test
  void ctrlCStopsWhateverTheMenuShows() throws Exception {
    try (var up = checks.begin(WINDOW, "up")) {
      up.says("hello").says("Detach");
      up.interrupt();
      up.ended().failsWith(130);
      assertFalse(runs());
    }
  }

  @Test
  void theMenuSwitchesWatchingOnAndOff() throws Exception {
    checks.file(
        """
        name: seen
        services:
          app:
            image: davit/host
            init: true
            command: sleep 1000
            develop: {watch: [{path: ., target: /srv, action: sync}]}
        """);
    try (var up = checks.begin(WINDOW, "up")) {
      up.says("Detach");
      up.types("w");
      up.says("Disable Watch");
      up.types("w");
      up.says("Watch disabled");
      up.types("d");
      up.ended().succeeds().says("Watch enabled");
    }
  }

  @Test
  void upWithoutMenuReadsNoKeys() throws Exception {
    try (var up = checks.begin(WINDOW, "up", "--menu=false")) {
      up.says("hello");
      up.types("d");
      up.interrupt();
      assertFalse(up.ended().failsWith(130).out().contains("Detach"));
    }
  }

  @Test
  void watchingEndsWhenAllHasEnded() throws Exception {
    checks.file(
        """
        name: seen
        services:
          app:
            image: davit/host
            command: 'true'
            develop: {watch: [{path: ., target: /srv, action: sync}]}
        """);
    checks.davit("up", "--watch").succeeds().says("exited with code 0");
  }
}
