package dev.davit.linux;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The mount calls that work on descriptors (fsopen(2), fsmount(2), open_tree(2), move_mount(2),
/// mount_setattr(2); kernel 5.2, mount_setattr 5.12). A mount made here hangs nowhere and vanishes
/// with its last descriptor unless it is moved.
public final class NewMount {
  public static final long ATTR_RDONLY = 0x1;
  public static final long ATTR_NOSUID = 0x2;
  public static final long ATTR_NODEV = 0x4;
  public static final long ATTR_NOEXEC = 0x8;
  public static final long ATTR_STRICTATIME = 0x20;

  public static final int OPEN_TREE_CLONE = 1;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final int AT_RECURSIVE = 0x8000;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;

  public static final int MOVE_FROM_EMPTY_PATH = 0x4;
  public static final int MOVE_TO_EMPTY_PATH = 0x40;

  private static final int FSCONFIG_SET_FLAG = 0;
  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_SET_FD = 5;
  private static final int FSCONFIG_CMD_CREATE = 6;

  private NewMount() {}

  /// fsopen(2): a file system of that type, to be configured.
  public static Fd fsopen(String type) {
    try (var memory = new Memory()) {
      long fd =
          Kernel.check(
              Kernel.tryCall(Syscall.FSOPEN, memory.string(type), 1),
              () -> "fsopen(\"%s\", FSOPEN_CLOEXEC)".formatted(type));
      return new Fd((int) fd, type);
    }
  }

  /// fsconfig(2) with FSCONFIG_SET_STRING. Kernels cut nothing: 256 bytes and more are EINVAL.
  public static void set(Fd fs, String key, String value) {
    check(
        fs,
        trySet(fs, key, value),
        () -> "FSCONFIG_SET_STRING, \"%s\", \"%s\"".formatted(key, value));
  }

  /// As [#set(Fd, String, String)], but the result is returned: 0 or a negated errno.
  public static long trySet(Fd fs, String key, String value) {
    return config(fs, FSCONFIG_SET_STRING, key, value, 0);
  }

  /// fsconfig(2) with FSCONFIG_SET_FLAG.
  public static void set(Fd fs, String key) {
    check(
        fs,
        config(fs, FSCONFIG_SET_FLAG, key, null, 0),
        () -> "FSCONFIG_SET_FLAG, \"%s\"".formatted(key));
  }

  /// As [#set(Fd, String)], but the result is returned: 0 or a negated errno.
  public static long trySet(Fd fs, String key) {
    return config(fs, FSCONFIG_SET_FLAG, key, null, 0);
  }

  /// fsconfig(2) with FSCONFIG_SET_FD.
  public static void set(Fd fs, String key, Fd value) {
    check(
        fs,
        config(fs, FSCONFIG_SET_FD, key, null, value.number()),
        () -> "FSCONFIG_SET_FD, \"%s\", %s".formatted(key, value));
  }

  /// fsconfig(2) with FSCONFIG_CMD_CREATE, then fsmount(2): the detached mount of `fs`.
  ///
  /// @param attributes `ATTR_*`
  public static Fd fsmount(Fd fs, long attributes) {
    check(fs, config(fs, FSCONFIG_CMD_CREATE, null, null, 0), () -> "FSCONFIG_CMD_CREATE");
    long fd =
        Kernel.check(
            Kernel.tryCall(Syscall.FSMOUNT, fs.number(), 1, attributes),
            () -> "fsmount(%s, FSMOUNT_CLOEXEC, %#x)".formatted(fs, attributes));
    return new Fd((int) fd, fs.name());
  }

  /// open_tree(2) relative to `directory`, `AT_FDCWD` too; close-on-exec. With `OPEN_TREE_CLONE`
  /// the result is a detached copy of the mount (with `AT_RECURSIVE`: and of those below it).
  public static Fd openTree(int directory, String path, int flags) {
    try (var memory = new Memory()) {
      long fd =
          Kernel.check(
              Kernel.tryCall(
                  Syscall.OPEN_TREE, directory, memory.string(path), flags | Open.CLOEXEC),
              () -> "open_tree(%d, \"%s\", %#x)".formatted(directory, path, flags));
      return new Fd((int) fd, path);
    }
  }

  /// As [#openTree(int, String, int)] for what `file` is open on.
  public static Fd openTree(Fd file, int flags) {
    Fd tree = openTree(file.number(), "", flags | AT_EMPTY_PATH);
    return new Fd(tree.number(), file.name());
  }

  /// move_mount(2): attaches the mount to `target`, a descriptor of a directory or file.
  public static void moveMount(Fd mount, Fd target) {
    try (var memory = new Memory()) {
      long empty = memory.string("");
      long flags = MOVE_FROM_EMPTY_PATH | MOVE_TO_EMPTY_PATH;
      Kernel.check(
          Kernel.tryCall(Syscall.MOVE_MOUNT, mount.number(), empty, target.number(), empty, flags),
          () ->
              "move_mount(%s, \"\", %s, \"\", F_EMPTY_PATH|T_EMPTY_PATH)".formatted(mount, target));
    }
  }

  /// mount_setattr(2) on a mount's descriptor.
  ///
  /// @param flags 0 or [#AT_RECURSIVE]
  /// @param set `ATTR_*` to add
  /// @param clear `ATTR_*` to take away
  public static void setAttributes(Fd mount, int flags, long set, long clear) {
    try (var memory = new Memory()) {
      long attr = memory.allocate(32);
      Memory.putLong(attr, set);
      Memory.putLong(attr + 8, clear);
      Kernel.check(
          Kernel.tryCall(
              Syscall.MOUNT_SETATTR,
              mount.number(),
              memory.string(""),
              flags | AT_EMPTY_PATH,
              attr,
              32),
          () -> "mount_setattr(%s, %#x, {set=%#x, clr=%#x})".formatted(mount, flags, set, clear));
    }
  }

  private static long config(
      Fd fs, int command, @Nullable String key, @Nullable String value, int aux) {
    try (var memory = new Memory()) {
      return Kernel.tryCall(
          Syscall.FSCONFIG,
          fs.number(),
          command,
          key == null ? 0 : memory.string(key),
          value == null ? 0 : memory.string(value),
          aux);
    }
  }

  private static void check(Fd fs, long result, Supplier<String> arguments) {
    if (Kernel.isError(result)) {
      String why = kernelLog(fs);
      Kernel.check(
          result,
          () ->
              "fsconfig(%s, %s%s)"
                  .formatted(fs, arguments.get(), why.isEmpty() ? "" : " /* " + why + " */"));
    }
  }

  // fsopen(2): errors in words are read from the context's descriptor, one message a read.
  private static String kernelLog(Fd fs) {
    var log = new StringBuilder();
    try (var memory = new Memory()) {
      long buffer = memory.allocate(1024);
      for (int i = 0; i < 8; i++) {
        long length = Kernel.tryCall(Syscall.READ, fs.number(), buffer, 1024);
        if (length <= 2) {
          break;
        }
        String line = new String(Memory.read(buffer, (int) length), StandardCharsets.UTF_8);
        log.append(log.isEmpty() ? "" : "; ").append(line.substring(2).strip());
      }
    }
    return log.toString();
  }
}
