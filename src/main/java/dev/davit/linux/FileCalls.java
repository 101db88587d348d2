package dev.davit.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Calls on one name in an open directory; none of them follows a symbolic link. The umask of this
/// process applies where a mode is given. A name that is not UTF-8 comes and goes unharmed: its
/// bytes above 0x7f stand as U+DC80 to U+DCFF.
public final class FileCalls {
  private static final int AT_REMOVEDIR = 0x200;
  private static final int DIRENTS = 32 * 1024;
  private static final int PATH_MAX = 4096;
  private static final int ESCAPE = 0xdc00;

  private FileCalls() {}

  /// mkdirat(2). Returns false if something with that name exists.
  public static boolean mkdir(Fd directory, String name, int mode) {
    try (var memory = new Memory()) {
      long result = Kernel.tryCall(Syscall.MKDIRAT, directory.number(), memory.name(name), mode);
      if (result == -Errno.EEXIST.number()) {
        return false;
      }
      Kernel.check(result, () -> "mkdirat(%s, \"%s\", %#o)".formatted(directory, name, mode));
      return true;
    }
  }

  /// mknodat(2); `rdev` as in [Stat].
  public static void mknod(Fd directory, String name, int mode, long rdev) {
    long major = rdev >>> 32;
    long minor = rdev & 0xffffffffL;
    // The kernel's new_decode_dev.
    long device = (minor & 0xff) | (major << 8) | ((minor & ~0xffL) << 12);
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(Syscall.MKNODAT, directory.number(), memory.name(name), mode, device),
          () -> "mknodat(%s, \"%s\", %#o, %#x)".formatted(directory, name, mode, device));
    }
  }

  /// symlinkat(2).
  public static void symlink(String target, Fd directory, String name) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.SYMLINKAT, memory.name(target), directory.number(), memory.name(name)),
          () -> "symlinkat(\"%s\", %s, \"%s\")".formatted(target, directory, name));
    }
  }

  /// readlinkat(2).
  public static String readlink(Fd directory, String name) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(PATH_MAX);
      long length =
          Kernel.check(
              Kernel.tryCall(
                  Syscall.READLINKAT, directory.number(), memory.name(name), buffer, PATH_MAX),
              () -> "readlinkat(%s, \"%s\")".formatted(directory, name));
      return decode(Memory.read(buffer, (int) length));
    }
  }

  /// linkat(2): `name` in `directory` becomes another name of `path` below `from`.
  public static void link(Fd from, String path, Fd directory, String name) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.LINKAT,
              from.number(),
              memory.name(path),
              directory.number(),
              memory.name(name),
              0),
          () -> "linkat(%s, \"%s\", %s, \"%s\", 0)".formatted(from, path, directory, name));
    }
  }

  /// renameat(2).
  public static void rename(Fd from, String name, Fd to, String newName) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.RENAMEAT,
              from.number(),
              memory.name(name),
              to.number(),
              memory.name(newName)),
          () -> "renameat(%s, \"%s\", %s, \"%s\")".formatted(from, name, to, newName));
    }
  }

  /// openat(2) of `name`, which must be no symbolic link unless `flags` has [Open#PATH].
  public static Fd open(Fd directory, String name, int flags, int mode) {
    try (var memory = new Memory()) {
      int all = flags | Open.NOFOLLOW | Open.CLOEXEC;
      long fd =
          Kernel.check(
              Kernel.tryCall(Syscall.OPENAT, directory.number(), memory.name(name), all, mode),
              () -> "openat(%s, \"%s\", %#x)".formatted(directory, name, all));
      return new Fd((int) fd, name);
    }
  }

  /// unlinkat(2). Returns false if there is no such name.
  public static boolean unlink(Fd directory, String name) {
    return remove(directory, name, 0);
  }

  /// unlinkat(2) with AT_REMOVEDIR. Returns false if there is no such name.
  public static boolean rmdir(Fd directory, String name) {
    return remove(directory, name, AT_REMOVEDIR);
  }

  private static boolean remove(Fd directory, String name, int flags) {
    try (var memory = new Memory()) {
      long result = Kernel.tryCall(Syscall.UNLINKAT, directory.number(), memory.name(name), flags);
      if (result == -Errno.ENOENT.number()) {
        return false;
      }
      Kernel.check(result, () -> "unlinkat(%s, \"%s\", %#x)".formatted(directory, name, flags));
      return true;
    }
  }

  /// fchownat(2) of what `fd` is open on, `O_PATH` included.
  public static void chown(Fd fd, int uid, int gid) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.FCHOWNAT, fd.number(), memory.string(""), uid, gid, NewMount.AT_EMPTY_PATH),
          () -> "fchownat(%s, \"\", %d, %d, AT_EMPTY_PATH)".formatted(fd, uid, gid));
    }
  }

  /// fchownat(2) of `name`.
  public static void chown(Fd directory, String name, int uid, int gid) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.FCHOWNAT,
              directory.number(),
              memory.name(name),
              uid,
              gid,
              NewMount.AT_SYMLINK_NOFOLLOW),
          () -> "fchownat(%s, \"%s\", %d, %d)".formatted(directory, name, uid, gid));
    }
  }

  /// fchmodat(2) of `name`, which must not be a symbolic link.
  public static void chmod(Fd directory, String name, int mode) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(Syscall.FCHMODAT, directory.number(), memory.name(name), mode),
          () -> "fchmodat(%s, \"%s\", %#o)".formatted(directory, name, mode));
    }
  }

  /// utimensat(2) of what `fd` is open on; not for `O_PATH` descriptors.
  public static void times(Fd fd, Stat.Time time) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(Syscall.UTIMENSAT, fd.number(), 0, times(memory, time, time), 0),
          () -> "utimensat(%s, NULL)".formatted(fd));
    }
  }

  private static long times(Memory memory, Stat.Time atime, Stat.Time mtime) {
    long times = memory.allocate(32);
    Memory.putLong(times, atime.seconds());
    Memory.putLong(times + 8, atime.nanos());
    Memory.putLong(times + 16, mtime.seconds());
    Memory.putLong(times + 24, mtime.nanos());
    return times;
  }

  /// fchmod(2); not for `O_PATH` descriptors.
  public static void chmod(Fd fd, int mode) {
    Kernel.check(
        Kernel.tryCall(Syscall.FCHMOD, fd.number(), mode),
        () -> "fchmod(%s, %#o)".formatted(fd, mode));
  }

  /// utimensat(2) of `name`.
  public static void times(Fd directory, String name, Stat.Time atime, Stat.Time mtime) {
    try (var memory = new Memory()) {
      Kernel.check(
          Kernel.tryCall(
              Syscall.UTIMENSAT,
              directory.number(),
              memory.name(name),
              times(memory, atime, mtime),
              NewMount.AT_SYMLINK_NOFOLLOW),
          () -> "utimensat(%s, \"%s\")".formatted(directory, name));
    }
  }

  /// getdents64(2): the names in `directory` without `.` and `..`, from where its offset stands.
  public static List<String> names(Fd directory) {
    return names(directory, Integer.MAX_VALUE);
  }

  /// As [#names(Fd)], but no further once there are `enough`.
  public static List<String> names(Fd directory, int enough) {
    var names = new ArrayList<String>();
    try (var memory = new Memory()) {
      long buffer = memory.allocate(DIRENTS);
      while (true) {
        long length =
            Kernel.check(
                Kernel.tryCall(Syscall.GETDENTS64, directory.number(), buffer, DIRENTS),
                () -> "getdents64(%s)".formatted(directory));
        if (length == 0 || names.size() >= enough) {
          return names;
        }
        read(Memory.read(buffer, (int) length), names);
      }
    }
  }

  // struct linux_dirent64: ino, off, reclen at 16, type at 18, name at 19.
  private static void read(byte[] entries, List<String> names) {
    var buffer = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder());
    int at = 0;
    while (at < entries.length) {
      int end = at + 19;
      while (entries[end] != 0) {
        end++;
      }
      String name = decode(Arrays.copyOfRange(entries, at + 19, end));
      if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
      at += buffer.getShort(at + 16) & 0xffff;
    }
  }

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      var text = new StringBuilder();
      for (byte b : bytes) {
        text.append(b >= 0 ? (char) b : (char) (ESCAPE | (b & 0xff)));
      }
      return text.toString();
    }
  }
}
