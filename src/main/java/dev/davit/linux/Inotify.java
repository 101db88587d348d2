package dev.davit.linux;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// inotify(7): tells what happens to the names in directories. Not safe for use by several threads.
public final class Inotify implements AutoCloseable {
  public static final int MODIFY = 0x2;
  public static final int ATTRIB = 0x4;
  public static final int CLOSE_WRITE = 0x8;
  public static final int MOVED_FROM = 0x40;
  public static final int MOVED_TO = 0x80;
  public static final int CREATE = 0x100;
  public static final int DELETE = 0x200;
  public static final int MOVE_SELF = 0x800;

  private static final int OVERFLOW = 0x4000;
  private static final int IGNORED = 0x8000;
  private static final int ONLYDIR = 0x1000000;
  private static final int EXCL_UNLINK = 0x4000000;
  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;
  private static final int BUFFER = 64 * 1024;
  private static final int HEADER = 16;

  private final Fd fd;
  private final Reader reader = new Reader(BUFFER);

  /// Watches nothing yet. Its descriptor does not block.
  public Inotify() {
    long result = Kernel.tryCall(Syscall.INOTIFY_INIT1, CLOEXEC | NONBLOCK);
    if (result == -Errno.EMFILE.number()) {
      throw full("watches", "max_user_instances", 1024);
    }
    fd = new Fd((int) Kernel.check(result, () -> "inotify_init1()"), "inotify");
  }

  /// Something that has happened.
  ///
  /// @param watch what [#add] returned
  /// @param mask one of the constants
  /// @param name in the directory; empty for the directory itself
  public record Event(int watch, int mask, String name) {
    /// Events have been lost: everything may be different.
    public boolean overflow() {
      return (mask & OVERFLOW) != 0;
    }

    /// The directory is watched no longer.
    public boolean isLast() {
      return (mask & IGNORED) != 0;
    }

    public boolean is(int kinds) {
      return (mask & kinds) != 0;
    }
  }

  /// What is ready when there are events.
  public Fd fd() {
    return fd;
  }

  /// Watches what `directory` is open on for `events`. The same directory has the same number.
  public int add(Fd directory, int events) {
    try (var memory = new Memory()) {
      long link = memory.string(directory.magicLink().toString());
      int mask = events | ONLYDIR | EXCL_UNLINK;
      long result = Kernel.tryCall(Syscall.INOTIFY_ADD_WATCH, fd.number(), link, mask);
      if (result == -Errno.ENOSPC.number()) {
        throw full("directories", "max_user_watches", 524288);
      }
      return (int)
          Kernel.check(
              result, () -> "inotify_add_watch(%s, %s, %#x)".formatted(fd, directory, mask));
    }
  }

  private static DavitException full(String what, String limit, int more) {
    return new DavitException(
        Kind.UNAVAILABLE,
        "this machine watches no more %s: fs.inotify.%s is %s".formatted(what, limit, value(limit)),
        "raise it: sysctl fs.inotify.%s=%d".formatted(limit, more));
  }

  private static String value(String limit) {
    try {
      return Sysctl.read("fs/inotify/" + limit);
    } catch (SyscallException e) {
      return "too low";
    }
  }

  /// Ends a watch; an event that [Event#isLast] follows, unless it has ended already.
  public void remove(int watch) {
    Kernel.tryCall(Syscall.INOTIFY_RM_WATCH, fd.number(), watch);
  }

  /// What has happened since the last call, as much as fits; empty where nothing has.
  public List<Event> read() {
    int count = reader.read(fd);
    return count <= 0 ? List.of() : parse(reader.bytes(count));
  }

  // struct inotify_event: wd, mask, cookie, len, name filled up with zeros.
  static List<Event> parse(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    var events = new ArrayList<Event>();
    int at = 0;
    while (at < bytes.length) {
      int begin = at + HEADER;
      int next = begin + buffer.getInt(at + 12);
      int end = begin;
      while (end < next && bytes[end] != 0) {
        end++;
      }
      String name = FileCalls.decode(Arrays.copyOfRange(bytes, begin, end));
      events.add(new Event(buffer.getInt(at), buffer.getInt(at + 4), name));
      at = next;
    }
    return events;
  }

  @Override
  public void close() {
    fd.close();
    reader.close();
  }
}
