package dev.davit.linux;

/// A buffer into which one thread reads from descriptors that do not block, and what goes with it.
public final class Reader implements AutoCloseable {
  /// Nothing is there now.
  public static final int LATER = -1;

  /// The end of the file; for a terminal: its other side is closed.
  public static final int END = 0;

  /// The kernel cannot move bytes between these two.
  public static final int UNMOVABLE = -2;

  private static final int SPLICE_F_NONBLOCK = 2;

  private final Memory memory = new Memory();
  private final int size;
  private final long buffer;
  private final long place;

  public Reader(int size) {
    this.size = size;
    buffer = memory.allocate(size);
    place = memory.allocate(8);
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

  /// splice(2): moves what is in `pipe`, at most as much as the buffer is long, to `file` at
  /// `offset`. A kill finds each byte in one of the two. Returns the number of bytes, [#END],
  /// [#LATER] or [#UNMOVABLE].
  public int move(Fd pipe, Fd file, long offset) {
    Memory.putLong(place, offset);
    long count =
        Kernel.tryCall(
            Syscall.SPLICE, pipe.number(), 0, file.number(), place, size, SPLICE_F_NONBLOCK);
    if (count == -Errno.EAGAIN.number()) {
      return LATER;
    }
    if (count == -Errno.EINVAL.number()) {
      return UNMOVABLE;
    }
    return (int)
        Kernel.check(count, () -> "splice(%s, NULL, %s, [%d])".formatted(pipe, file, offset));
  }

  /// pread64(2): at most `length` bytes of `file` from `offset` on, and no more than the buffer
  /// has.
  public byte[] read(Fd file, long offset, long length) {
    long most = Math.min(length, size);
    long count =
        Kernel.check(
            Kernel.tryCall(Syscall.PREAD64, file.number(), buffer, most, offset),
            () -> "pread64(%s, %d, %d)".formatted(file, most, offset));
    return bytes((int) count);
  }

  /// pwrite64(2) of the first `count` bytes of what was read last, to `file` at `offset`.
  public void write(Fd file, long offset, int count) {
    int done = 0;
    while (done < count) {
      int from = done;
      done +=
          (int)
              Kernel.check(
                  Kernel.tryCall(
                      Syscall.PWRITE64, file.number(), buffer + from, count - from, offset + from),
                  () -> "pwrite64(%s, %d, %d)".formatted(file, count - from, offset + from));
    }
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
