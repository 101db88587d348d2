package dev.davit.linux;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The calls that this process itself makes. Each throws [SyscallException] with the call as strace
/// would print it, unless its name starts with `try`. EINTR is retried.
public final class Kernel {
  // linux/syscall-x86_64.s and -aarch64.s among the resources, assembled.
  private static final String X86_64 =
      "41544989fc498b0424498b7c2408498b742410498b5424184d8b5424204d8b4424284d8b4c24300f05415cc3";
  private static final String AARCH64 = "e90300aa280140a9210941a9231142a9251940f9010000d4c0035fd6";

  private static final Arch ARCH = Arch.current();
  private static final Code STUB = Code.of(stub(ARCH));

  private Kernel() {}

  static byte[] stub(Arch arch) {
    String hex =
        switch (arch) {
          case X86_64 -> X86_64;
          case AARCH64 -> AARCH64;
        };
    return HexFormat.of().parseHex(hex);
  }

  /// Makes `call` and returns its result, -4095 to -1 being a negated errno. Arguments that are
  /// addresses come from a [Memory] that stays open until this returns.
  public static long tryCall(Syscall call, long... args) {
    try (var memory = new Memory()) {
      long row = memory.allocate(56);
      Memory.putLong(row, call.number(ARCH));
      for (int i = 0; i < args.length; i++) {
        Memory.putLong(row + 8L + 8L * i, args[i]);
      }
      long result;
      do {
        result = STUB.call(row);
      } while (result == -Errno.EINTR.number());
      return result;
    }
  }

  /// Makes `call`, whose arguments are all numbers, and returns its result.
  public static long call(Syscall call, long... args) {
    return check(
        tryCall(call, args),
        () -> call + LongStream.of(args).mapToObj(Long::toString).collect(joining(", ", "(", ")")));
  }

  /// Returns `result` if it is none of the errors -4095 to -1, else throws [SyscallException].
  ///
  /// @param printed the call as strace would print it
  public static long check(long result, Supplier<String> printed) {
    if (isError(result)) {
      throw new SyscallException(printed.get(), errno(result));
    }
    return result;
  }

  public static boolean isError(long result) {
    return result < 0 && result >= -4095;
  }

  /// The errno of an error result.
  public static Errno errno(long result) {
    return Errno.of((int) -result);
  }

  /// open(2) relative to the current directory; `O_CLOEXEC` is added.
  public static Fd open(String path, int flags, int mode) {
    return openat(Fd.AT_FDCWD, path, flags, mode);
  }

  /// openat(2); `O_CLOEXEC` is added.
  public static Fd openat(int directory, String path, int flags, int mode) {
    try (var memory = new Memory()) {
      long fd =
          check(
              tryCall(Syscall.OPENAT, directory, memory.string(path), flags | Open.CLOEXEC, mode),
              () -> "openat(%d, \"%s\", %#x)".formatted(directory, path, flags));
      return new Fd((int) fd, path);
    }
  }

  /// openat2(2): opens `path` below `directory` as `resolve` allows; `O_CLOEXEC` is added. Returns
  /// the descriptor's number or a negated errno.
  public static long tryOpenat2(int directory, String path, long flags, long mode, long resolve) {
    try (var memory = new Memory()) {
      long how = memory.allocate(24);
      Memory.putLong(how, flags | Open.CLOEXEC);
      Memory.putLong(how + 8, mode);
      Memory.putLong(how + 16, resolve);
      return tryCall(Syscall.OPENAT2, directory, memory.name(path), how, 24);
    }
  }

  /// As [#tryOpenat2], but an error is thrown.
  public static Fd openat2(Fd directory, String path, long flags, long mode, long resolve) {
    long fd =
        check(
            tryOpenat2(directory.number(), path, flags, mode, resolve),
            () -> "openat2(%s, \"%s\", %#x)".formatted(directory, path, flags));
    return new Fd((int) fd, path);
  }

  /// read(2): at most `length` bytes; an empty array is the end of the file. Throws on EAGAIN too.
  public static byte[] read(Fd fd, int length) {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(length);
      long count =
          check(
              tryCall(Syscall.READ, fd.number(), buffer, length),
              () -> "read(%s, %d)".formatted(fd, length));
      return Memory.read(buffer, (int) count);
    }
  }

  /// write(2), repeated until all of `bytes` is written.
  public static void write(Fd fd, byte[] bytes) {
    try (var memory = new Memory()) {
      long buffer = memory.bytes(bytes);
      int done = 0;
      while (done < bytes.length) {
        int rest = bytes.length - done;
        done +=
            (int)
                check(
                    tryCall(Syscall.WRITE, fd.number(), buffer + done, rest),
                    () -> "write(%s, %d)".formatted(fd, rest));
      }
    }
  }

  /// mount(2); null arguments are null pointers.
  public static void mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data) {
    try (var memory = new Memory()) {
      check(
          tryCall(
              Syscall.MOUNT,
              source == null ? 0 : memory.string(source),
              memory.string(target),
              type == null ? 0 : memory.string(type),
              flags,
              data == null ? 0 : memory.string(data)),
          () ->
              "mount(\"%s\", \"%s\", \"%s\", %#x, \"%s\")"
                  .formatted(source, target, type, flags, data));
    }
  }

  /// umount2(2).
  public static void umount(String target, int flags) {
    try (var memory = new Memory()) {
      check(
          tryCall(Syscall.UMOUNT2, memory.string(target), flags),
          () -> "umount2(\"%s\", %#x)".formatted(target, flags));
    }
  }

  /// setns(2): moves the calling thread into the namespace. Only on a platform thread that ends
  /// afterwards.
  public static void setns(Fd namespace, int type) {
    check(
        tryCall(Syscall.SETNS, namespace.number(), type),
        () -> "setns(%s, %#x)".formatted(namespace, type));
  }

  /// unshare(2) for the calling thread. Only on a platform thread that ends afterwards.
  public static void unshare(int flags) {
    check(tryCall(Syscall.UNSHARE, flags), () -> "unshare(%#x)".formatted(flags));
  }

  /// pidfd_open(2); the process must exist.
  public static Fd pidfdOpen(int pid) {
    long fd = check(tryCall(Syscall.PIDFD_OPEN, pid, 0), () -> "pidfd_open(%d)".formatted(pid));
    return new Fd((int) fd, "pidfd:" + pid);
  }

  /// pidfd_send_signal(2). Returns false if the process has ended.
  public static boolean sendSignal(Fd pidfd, int signal) {
    long result = tryCall(Syscall.PIDFD_SEND_SIGNAL, pidfd.number(), signal, 0, 0);
    if (result == -Errno.ESRCH.number()) {
      return false;
    }
    check(result, () -> "pidfd_send_signal(%s, %d)".formatted(pidfd, signal));
    return true;
  }

  /// The kernel release as uname(2) gives it, `6.1.0-56-cloud-amd64`.
  public static String release() {
    try (var memory = new Memory()) {
      long buffer = memory.allocate(6 * 65);
      call(Syscall.UNAME, buffer);
      byte[] field = Memory.read(buffer + 2 * 65, 65);
      int length = 0;
      while (field[length] != 0) {
        length++;
      }
      return new String(field, 0, length, StandardCharsets.US_ASCII);
    }
  }

  /// Whether the kernel is that version or a later one.
  public static boolean isAtLeast(int major, int minor) {
    String[] parts = release().split("[^0-9]", 3);
    int actual = Integer.parseInt(parts[0]);
    return actual > major || (actual == major && Integer.parseInt(parts[1]) >= minor);
  }
}
