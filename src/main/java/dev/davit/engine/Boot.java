package dev.davit.engine;

import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Pidfd;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Names a process for ever: proc(5).
final class Boot {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /// The id of this boot of the machine.
  static String id() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// When the process started, in clock ticks since boot (field 22 of /proc/PID/stat); empty if
  /// there is none or it is a zombie. Throws [UncheckedIOException] where that cannot be read.
  static Optional<Long> startTime(int pid) {
    return stat(pid).filter(fields -> !isZombie(fields)).map(Boot::startTime);
  }

  /// How a process ended that somebody else is still to reap: its exit code, or 128 and the
  /// signal's number (field 52). Empty if there is no such zombie, by its number and start time.
  static Optional<Integer> exitCode(int pid, long startTime) {
    return stat(pid)
        .filter(fields -> isZombie(fields) && startTime(fields) == startTime)
        .map(fields -> Pidfd.exitCode(Integer.parseInt(fields.get(49))));
  }

  /// Sends `signal` to the process, if it is the one that started at that time.
  static void signal(int pid, long startTime, int signal) {
    try (Fd process = Kernel.pidfdOpen(pid)) {
      if (startTime(pid).equals(Optional.of(startTime))) {
        Kernel.sendSignal(process, signal);
      }
    } catch (SyscallException e) {
      if (e.errno() != Errno.ESRCH && e.errno() != Errno.EINVAL) {
        throw e;
      }
    }
  }

  private static boolean isZombie(List<String> fields) {
    return fields.getFirst().equals("Z");
  }

  private static long startTime(List<String> fields) {
    return Long.parseLong(fields.get(19));
  }

  // From field 3 on: field 2, the name, may contain blanks and parentheses. That it cannot be read,
  // for want of descriptors, does not mean that there is no such process.
  private static Optional<List<String>> stat(int pid) {
    Path process = Path.of("/proc/" + pid);
    try {
      String stat = Files.readString(process.resolve("stat")).strip();
      return Optional.of(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)));
    } catch (IOException e) {
      if (Files.exists(process)) {
        throw new UncheckedIOException(e);
      }
      return Optional.empty();
    }
  }
}
