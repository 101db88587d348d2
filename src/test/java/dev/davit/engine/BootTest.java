package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.linux.Pidfd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootTest {
  private static int self() throws Exception {
    return Integer.parseInt(Path.of("/proc/self").toRealPath().getFileName().toString());
  }

  @Test
  void exitCodeOfWhatRunsIsNotThere() throws Exception {
    long start = Boot.startTime(self()).orElseThrow();
    assertEquals(Optional.empty(), Boot.exitCode(self(), start));
  }

  @Test
  void exitCodeOfAZombieIsThatOfItsStatus() throws Exception {
    // The outer shell becomes sleep, which never waits for the child that it has inherited.
    Process parent =
        new ProcessBuilder(
                "sh", "-c", "exec 3<&0; sh -c 'read -r _; exit 7' <&3 & echo $!; exec sleep 60")
            .start();
    try {
      int pid = Integer.parseInt(parent.inputReader().readLine());
      long start = Boot.startTime(pid).orElseThrow();
      // As long as it is a shell, it does wait.
      while (!Files.readString(Path.of("/proc/" + parent.pid() + "/comm")).equals("sleep\n")) {
        Thread.onSpinWait();
      }
      parent.getOutputStream().write('\n');
      parent.getOutputStream().flush();
      while (Boot.startTime(pid).isPresent()) {
        Thread.onSpinWait();
      }
      assertEquals(Optional.of(7), Boot.exitCode(pid, start));
      assertEquals(Optional.empty(), Boot.exitCode(pid, start + 1), "another of its number");
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void exitCodeOfAStatusIsTheShells() {
    assertEquals(3, Pidfd.exitCode(3 << 8));
    assertEquals(137, Pidfd.exitCode(9));
  }
}
