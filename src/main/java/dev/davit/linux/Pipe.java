package dev.davit.linux;

/// pipe(7): anonymous pipes and named ones, and reading them without blocking.
public final class Pipe {
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int S_IFIFO = 0x1000;

  private Pipe() {}

  /// The two ends of a pipe, close-on-exec.
  public record Ends(Fd read, Fd write) {}

  /// pipe2(2).
  public static Ends open(String name) {
    try (var memory = new Memory()) {
      long pair = memory.allocate(8);
      Kernel.check(
          Kernel.tryCall(Syscall.PIPE2, pair, Open.CLOEXEC), () -> "pipe2(O_CLOEXEC) /* " + name);
      return new Ends(new Fd(Memory.getInt(pair), name), new Fd(Memory.getInt(pair + 4), name));
    }
  }

  /// mknodat(2) of a FIFO with mode 0600; one that exists is left as it is.
  public static void makeFifo(String path) {
    try (var memory = new Memory()) {
      long result =
          Kernel.tryCall(Syscall.MKNODAT, Fd.AT_FDCWD, memory.string(path), S_IFIFO | 0600, 0);
      if (result != -Errno.EEXIST.number()) {
        Kernel.check(result, () -> "mknodat(AT_FDCWD, \"%s\", S_IFIFO|0600)".formatted(path));
      }
    }
  }

  /// fcntl(2) with F_SETPIPE_SZ; what the kernel refuses stays as it was.
  public static void tryResize(Fd pipe, int bytes) {
    Kernel.tryCall(Syscall.FCNTL, pipe.number(), F_SETPIPE_SZ, bytes);
  }

  /// fcntl(2): sets or clears O_NONBLOCK of the open file.
  public static void setBlocking(Fd fd, boolean blocking) {
    long flags = Kernel.call(Syscall.FCNTL, fd.number(), F_GETFL);
    long wanted = blocking ? flags & ~(long) Open.NONBLOCK : flags | Open.NONBLOCK;
    Kernel.call(Syscall.FCNTL, fd.number(), F_SETFL, wanted);
  }

  /// write(2) of what fits: the number of bytes, 0 if nothing fits now, -1 if nobody reads any
  /// more.
  public static int tryWrite(Fd fd, byte[] bytes, int offset, int length) {
    try (var memory = new Memory()) {
      byte[] part = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
      long count = Kernel.tryCall(Syscall.WRITE, fd.number(), memory.bytes(part), length);
      if (count == -Errno.EAGAIN.number()) {
        return 0;
      }
      if (count == -Errno.EPIPE.number() || count == -Errno.EIO.number()) {
        return -1;
      }
      return (int) Kernel.check(count, () -> "write(%s, %d)".formatted(fd, length));
    }
  }

  /// fchown(2).
  public static void changeOwner(Fd fd, int uid, int gid) {
    Kernel.call(Syscall.FCHOWN, fd.number(), uid, gid);
  }
}
