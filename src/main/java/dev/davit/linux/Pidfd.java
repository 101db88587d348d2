package dev.davit.linux;

import java.util.Optional;

/// waitid(2) by pidfd.
public final class Pidfd {
  private static final int P_PIDFD = 3;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int CLD_EXITED = 1;
  private static final int SIGINFO_SIZE = 128;
  private static final int SI_SIGNO = 0;
  private static final int SI_CODE = 8;
  private static final int SI_STATUS = 24;

  private Pidfd() {}

  /// Waits until the child has ended, and reaps it. Throws [SyscallException] with ECHILD if it is
  /// no child of this process or has been reaped.
  public static ExitStatus await(Fd pidfd) {
    return reap(pidfd, WEXITED).orElseThrow();
  }

  /// Reaps the child if it has ended; never waits.
  public static Optional<ExitStatus> poll(Fd pidfd) {
    return reap(pidfd, WEXITED | WNOHANG);
  }

  private static Optional<ExitStatus> reap(Fd pidfd, int options) {
    try (var memory = new Memory()) {
      long info = memory.allocate(SIGINFO_SIZE);
      Kernel.check(
          Kernel.tryCall(Syscall.WAITID, P_PIDFD, pidfd.number(), info, options, 0),
          () -> "waitid(P_PIDFD, " + pidfd + ")");
      if (Memory.getInt(info + SI_SIGNO) == 0) {
        return Optional.empty();
      }
      int status = Memory.getInt(info + SI_STATUS);
      boolean exited = Memory.getInt(info + SI_CODE) == CLD_EXITED;
      return Optional.of(exited ? new ExitStatus(status, 0) : new ExitStatus(0, status & 0x7f));
    }
  }
}
