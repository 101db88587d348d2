package dev.davit.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What statx(2) says of a file.
///
/// @param mode type and permissions
/// @param allocated bytes that it takes on the disk
/// @param dev major number × 2³² + minor number of the file system
/// @param rdev the same of the device that a device node stands for
public record Stat(
    int mode,
    int uid,
    int gid,
    int links,
    long inode,
    long size,
    long allocated,
    long dev,
    long rdev,
    Time atime,
    Time mtime) {
  /// Seconds since 1970 and nanoseconds.
  public record Time(long seconds, int nanos) {}

  public static final int TYPE = 0xf000;
  public static final int FIFO = 0x1000;
  public static final int CHARACTER = 0x2000;
  public static final int DIRECTORY = 0x4000;
  public static final int BLOCK = 0x6000;
  public static final int REGULAR = 0x8000;
  public static final int SYMLINK = 0xa000;
  public static final int SOCKET = 0xc000;

  private static final int BASIC_STATS = 0x7ff;

  /// Of what `fd` is open on, `O_PATH` included.
  public static Stat of(Fd fd) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(256);
      int flags = NewMount.AT_EMPTY_PATH;
      Kernel.check(
          Kernel.tryCall(Syscall.STATX, fd.number(), memory.string(""), flags, BASIC_STATS, buffer),
          () -> "statx(%s)".formatted(fd));
      return read(ByteBuffer.wrap(Memory.read(buffer, 256)).order(ByteOrder.nativeOrder()));
    }
  }

  private static Stat read(ByteBuffer statx) {
    return new Stat(
        statx.getShort(28) & 0xffff,
        statx.getInt(20),
        statx.getInt(24),
        statx.getInt(16),
        statx.getLong(32),
        statx.getLong(40),
        statx.getLong(48) * 512,
        device(statx, 136),
        device(statx, 128),
        new Time(statx.getLong(64), statx.getInt(72)),
        new Time(statx.getLong(112), statx.getInt(120)));
  }

  private static long device(ByteBuffer statx, int offset) {
    return ((long) statx.getInt(offset) << 32) | Integer.toUnsignedLong(statx.getInt(offset + 4));
  }

  /// One of the type constants.
  public int type() {
    return mode & TYPE;
  }

  /// The permissions with set-id and sticky bits.
  public int permissions() {
    return mode & 0xfff;
  }
}
