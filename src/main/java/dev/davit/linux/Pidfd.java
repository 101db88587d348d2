package dev.davit.linux;

import java.util.Optional;

/// How a process ended, asked of its pidfd.
public final class Pidfd {
  private static final int P_PIDFD = 3;
  private static final int WEXITED = 4;
  private static final int WNOHANG = 1;
  private static final int SIGINFO_SIZE = 128;

  // linux/pidfd.h: _IOWR(0xFF, 11, struct pidfd_info), of which 64 bytes end with exit_code
  private static final long PIDFD_GET_INFO = 0xc040ff0bL;
  private static final long INFO_EXIT = 1L << 3;
  private static final int EXIT_CODE = 60;
  private static final int INFO_SIZE = 64;

  private static final int CLD_EXITED = 1;

  private Pidfd() {}

  /// waitid(2) with P_PIDFD: waits until a child of this process has ended, and reaps it. The
  /// result is its exit code, or 128 and the signal's number.
  public static int await(Fd pidfd) {
    return waitid(pidfd, WEXITED).orElseThrow();
  }

  /// As [#await], but never waits. Empty: it still runs, or is no child of this process.
  public static Optional<Integer> reap(Fd pidfd) {
    return waitid(pidfd, WEXITED | WNOHANG);
  }

  private static Optional<Integer> waitid(Fd pidfd, int options) {
    try (var memory = new Memory()) {
      long info = memory.allocate(SIGINFO_SIZE);
      long result = Kernel.tryCall(Syscall.WAITID, P_PIDFD, pidfd.number(), info, options, 0);
      if (result == -Errno.ECHILD.number()) {
        return Optional.empty();
      }
      Kernel.check(result, () -> "waitid(P_PIDFD, %s)".formatted(pidfd));
      // siginfo_t: si_signo 0, si_errno 4, si_code 8, si_pid 16, si_uid 20, si_status 24
      if (Memory.getInt(info + 16) == 0) {
        return Optional.empty();
      }
      int status = Memory.getInt(info + 24);
      return Optional.of(Memory.getInt(info + 8) == CLD_EXITED ? status : 128 + status);
    }
  }

  /// PIDFD_GET_INFO with PIDFD_INFO_EXIT (kernel 6.15): the same for a process that has ended and
  /// need not be a child. Empty where the kernel does not say.
  public static Optional<Integer> exitCode(Fd pidfd) {
    try (var memory = new Memory()) {
      long info = memory.allocate(INFO_SIZE);
      Memory.putLong(info, INFO_EXIT);
      long result = Kernel.tryCall(Syscall.IOCTL, pidfd.number(), PIDFD_GET_INFO, info);
      if (Kernel.isError(result) || (Memory.getLong(info) & INFO_EXIT) == 0) {
        return Optional.empty();
      }
      return Optional.of(exitCode(Memory.getInt(info + EXIT_CODE)));
    }
  }

  /// The same of a status as wait(2) gives it.
  public static int exitCode(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
  }
}
