package dev.davit.linux;

/// A buffer into which one thread reads from descriptors that do not block.
public final class Reader implements AutoCloseable {
  /// Nothing is there now.
  public static final int LATER = -1;

  /// The end of the file; for a terminal: its other side is closed.
  public static final int END = 0;

  private final Memory memory = new Memory();
  private final int size;
  private final long buffer;

  public Reader(int size) {
    this.size = size;
    buffer = memory.allocate(size);
  }

  /// read(2): the number of bytes, [#END] or [#LATER].
  public int read(Fd fd) {
    long count = Kernel.tryCall(Syscall.READ, fd.number(), buffer, size);
    if (count == -Errno.EAGAIN.number()) {
      return LATER;
    }
    // pty(7): a master whose slaves are all closed says EIO
    if (count == -Errno.EIO.number()) {
      return END;
    }
    return (int) Kernel.check(count, () -> "read(%s, %d)".formatted(fd, size));
  }

  /// The first `count` bytes of what was read last.
  public byte[] bytes(int count) {
    return Memory.read(buffer, count);
  }

  @Override
  public void close() {
    memory.close();
  }
}
