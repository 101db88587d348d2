package dev.davit.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What statfs(2) says of a file system.
///
/// @param size bytes that it has
/// @param free bytes that are left for others than root
/// @param files that it can have; 0 where it makes them as it goes
/// @param freeFiles that are left
public record FileSystemUse(long size, long free, long files, long freeFiles) {
  // struct statfs of 64-bit machines: type, bsize, blocks, bfree, bavail, files, ffree.
  private static final int LENGTH = 120;

  /// Of the file system that has `path`.
  public static FileSystemUse of(String path) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(LENGTH);
      Kernel.check(
          Kernel.tryCall(Syscall.STATFS, memory.string(path), buffer),
          () -> "statfs(\"%s\")".formatted(path));
      ByteBuffer is = ByteBuffer.wrap(Memory.read(buffer, LENGTH)).order(ByteOrder.nativeOrder());
      long block = is.getLong(8);
      return new FileSystemUse(
          block * is.getLong(16), block * is.getLong(32), is.getLong(40), is.getLong(48));
    }
  }
}
