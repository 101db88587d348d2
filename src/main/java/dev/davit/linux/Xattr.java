package dev.davit.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Extended attributes, xattr(7), of files that are open for reading.
public final class Xattr {
  private static final int LIST_MAX = 65536;

  private Xattr() {}

  /// fsetxattr(2).
  public static void set(Fd fd, String name, byte[] value) {
    Kernel.check(trySet(fd, name, value), () -> "fsetxattr(%s, \"%s\", …)".formatted(fd, name));
  }

  /// As [#set], but the result is returned: 0 or a negated errno.
  public static long trySet(Fd fd, String name, byte[] value) {
    try (var memory = new Memory()) {
      return Kernel.tryCall(
          Syscall.FSETXATTR,
          fd.number(),
          memory.string(name),
          memory.bytes(value),
          value.length,
          0);
    }
  }

  /// fgetxattr(2).
  public static byte[] get(Fd fd, String name) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(LIST_MAX);
      long length =
          Kernel.check(
              Kernel.tryCall(Syscall.FGETXATTR, fd.number(), memory.string(name), buffer, LIST_MAX),
              () -> "fgetxattr(%s, \"%s\")".formatted(fd, name));
      return Memory.read(buffer, (int) length);
    }
  }

  /// flistxattr(2); empty where the file system has no such thing.
  public static List<String> list(Fd fd) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(LIST_MAX);
      long length = Kernel.tryCall(Syscall.FLISTXATTR, fd.number(), buffer, LIST_MAX);
      if (length == -Errno.EOPNOTSUPP.number() || length == 0) {
        return List.of();
      }
      Kernel.check(length, () -> "flistxattr(%s)".formatted(fd));
      String names = new String(Memory.read(buffer, (int) length - 1), StandardCharsets.UTF_8);
      return List.of(names.split("\0"));
    }
  }
}
