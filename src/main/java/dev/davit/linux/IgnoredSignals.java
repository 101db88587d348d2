package dev.davit.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The signals that this process ignores. Who starts it decides: a shell ignores SIGINT and SIGQUIT
/// for what it runs in the background, nohup(1) SIGHUP.
public final class IgnoredSignals {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "SigIgn:";
  private static final int SIGACTION = 32;

  private IgnoredSignals() {}

  /// As bits, that of signal 1 lowest: `SigIgn` of proc_pid_status(5).
  public static long bits() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(FIELD))
          .map(line -> Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16))
          .findFirst()
          .orElse(0L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// From now on this process ignores none, and so do those that it starts: through clone(2) and
  /// execve(2) what is ignored stays so, and a shell cannot even trap it.
  public static void reset() {
    long bits = bits();
    try (var memory = new Memory()) {
      // sigaction(2): all zero is SIG_DFL.
      long action = memory.bytes(new byte[SIGACTION]);
      for (int signal = 1; signal <= Long.SIZE; signal++) {
        if ((bits & 1L << (signal - 1)) != 0) {
          Kernel.call(Syscall.RT_SIGACTION, signal, action, 0, Long.BYTES);
        }
      }
    }
  }
}
