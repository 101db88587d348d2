package dev.davit.linux;

import java.util.ArrayList;
import java.util.List;

/// epoll(7): waits for many descriptors at once. [#await] is for one thread, the rest for any.
public final class Epoll implements AutoCloseable {
  public static final int IN = 0x1;
  public static final int OUT = 0x4;
  public static final int ERR = 0x8;
  public static final int HUP = 0x10;

  private static final int CTL_ADD = 1;
  private static final int CTL_DEL = 2;
  private static final int CTL_MOD = 3;
  private static final int CLOEXEC = 0x80000;
  private static final int MOST = 128;

  // struct epoll_event is packed on x86-64 only.
  private static final int DATA = Arch.current() == Arch.X86_64 ? 4 : 8;
  private static final int SIZE = DATA + 8;

  private final Fd fd;
  private final Memory memory = new Memory();
  private final long buffer = memory.allocate((long) SIZE * MOST);

  public Epoll() {
    fd = new Fd((int) Kernel.call(Syscall.EPOLL_CREATE1, CLOEXEC), "epoll");
  }

  /// @param events `IN`, `OUT`, `ERR`, `HUP` or'ed
  /// @param token what was given to [#add]
  public record Ready(int events, long token) {}

  /// Watches `target` for `events`, level-triggered.
  public void add(Fd target, int events, long token) {
    control(CTL_ADD, target, events, token);
  }

  /// Watches `target` for other `events`; none leaves `ERR` and `HUP`.
  public void change(Fd target, int events, long token) {
    control(CTL_MOD, target, events, token);
  }

  /// Watches `target` no longer; call it before the descriptor is closed.
  public void remove(Fd target) {
    control(CTL_DEL, target, 0, 0);
  }

  private void control(int operation, Fd target, int events, long token) {
    try (var arguments = new Memory()) {
      long event = arguments.allocate(SIZE);
      Memory.putInt(event, events);
      Memory.putLong(event + DATA, token);
      Kernel.check(
          Kernel.tryCall(Syscall.EPOLL_CTL, fd.number(), operation, target.number(), event),
          () -> "epoll_ctl(%s, %d, %s, %#x)".formatted(fd, operation, target, events));
    }
  }

  /// Sleeps until something is ready.
  public List<Ready> await() {
    long count =
        Kernel.check(
            Kernel.tryCall(Syscall.EPOLL_PWAIT, fd.number(), buffer, MOST, -1, 0, 8),
            () -> "epoll_pwait(%s)".formatted(fd));
    var ready = new ArrayList<Ready>((int) count);
    for (long at = buffer; at < buffer + count * SIZE; at += SIZE) {
      ready.add(new Ready(Memory.getInt(at), Memory.getLong(at + DATA)));
    }
    return ready;
  }

  @Override
  public void close() {
    fd.close();
    memory.close();
  }
}
