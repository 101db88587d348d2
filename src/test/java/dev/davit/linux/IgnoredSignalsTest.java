package dev.davit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IgnoredSignalsTest {
  private static final int SIGWINCH = 28;
  private static final int SIGRTMAX = 64;

  private static void ignore(int signal) {
    try (var memory = new Memory()) {
      byte[] action = new byte[32];
      action[0] = 1; // SIG_IGN
      Kernel.call(Syscall.RT_SIGACTION, signal, memory.bytes(action), 0, Long.BYTES);
    }
  }

  private static boolean isIgnored(int signal) {
    return (IgnoredSignals.bits() & 1L << (signal - 1)) != 0;
  }

  @Test
  void whatIsStartedAfterTheResetIgnoresNothing() throws Exception {
    ignore(SIGWINCH);
    ignore(SIGRTMAX);
    assertTrue(isIgnored(SIGWINCH) && isIgnored(SIGRTMAX));
    assertNotEquals(0, ofAChild());
    IgnoredSignals.reset();
    assertEquals(0, IgnoredSignals.bits());
    assertEquals(0, ofAChild());
  }

  // Of two signals the C library makes its own use when it starts a process.
  private static long ofAChild() throws Exception {
    Process child = new ProcessBuilder("sed", "-n", "s/SigIgn:\t//p", "/proc/self/status").start();
    String line = child.inputReader().readLine();
    child.waitFor(20, TimeUnit.SECONDS);
    return Long.parseUnsignedLong(line, 16) & ~(3L << 31);
  }
}
