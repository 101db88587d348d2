package dev.davit.linux;

/// Writes files through one piece of native memory, which all of them share: for whoever writes
/// many.
public final class FileOutput implements AutoCloseable {
  private static final int AT_CURRENT = 1;
  private static final int PUNCH_HOLE = 2 | 1; // with FALLOC_FL_KEEP_SIZE

  private final Memory memory = new Memory();
  private final int size;
  private final long buffer;

  /// @param size the most that is written at once
  public FileOutput(int size) {
    this.size = size;
    this.buffer = memory.allocate(size);
  }

  /// write(2), repeated until the first `length` of `bytes` are written.
  public void write(Fd fd, byte[] bytes, int length) {
    if (length > size) {
      throw new IllegalArgumentException("%d bytes at once".formatted(length));
    }
    Memory.put(buffer, bytes, 0, length);
    int done = 0;
    while (done < length) {
      int rest = length - done;
      done +=
          (int)
              Kernel.check(
                  Kernel.tryCall(Syscall.WRITE, fd.number(), buffer + done, rest),
                  () -> "write(%s, %d)".formatted(fd, rest));
    }
  }

  /// lseek(2): goes `count` bytes on and leaves a hole.
  public static void skip(Fd fd, long count) {
    Kernel.call(Syscall.LSEEK, fd.number(), count, AT_CURRENT);
  }

  /// ftruncate(2).
  public static void truncate(Fd fd, long length) {
    Kernel.call(Syscall.FTRUNCATE, fd.number(), length);
  }

  /// fallocate(2): gives back what the bytes from `from` to `to` take; they are zero from now on.
  /// What the file system refuses stays.
  public static void tryPunch(Fd fd, long from, long to) {
    Kernel.tryCall(Syscall.FALLOCATE, fd.number(), PUNCH_HOLE, from, to - from);
  }

  @Override
  public void close() {
    memory.close();
  }
}
