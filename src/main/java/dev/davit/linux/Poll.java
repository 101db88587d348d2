package dev.davit.linux;

/// ppoll(2) on one descriptor.
public final class Poll {
  public static final int IN = 1;

  /// Something exceptional: a file of a cgroup has changed since it was read.
  public static final int PRI = 2;

  private Poll() {}

  /// Waits until one of `events` (or an error) is there; returns false after `millis`.
  public static boolean await(Fd fd, int events, long millis) {
    try (var memory = new Memory()) {
      long pollfd = memory.allocate(8);
      Memory.putInt(pollfd, fd.number());
      Memory.putShort(pollfd + 4, events);
      long timeout = memory.allocate(16);
      Memory.putLong(timeout, millis / 1000);
      Memory.putLong(timeout + 8, millis % 1000 * 1_000_000);
      return Kernel.check(
              Kernel.tryCall(Syscall.PPOLL, pollfd, 1, timeout, 0, 8),
              () -> "ppoll([%s], %d ms)".formatted(fd, millis))
          > 0;
    }
  }
}
