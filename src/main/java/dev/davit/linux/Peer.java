package dev.davit.linux;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;

/// Who is at the other end of a Unix socket, as the kernel noted it at connect(2); unix(7).
///
/// @param pid 0 where it is of a PID namespace that is not seen from here
/// @param gid the effective one
/// @param groups the supplementary ones; none on kernels before 4.13
public record Peer(int pid, int uid, int gid, Set<Integer> groups) {
  private static final int SO_PEERCRED = 17;
  private static final int SO_PEERGROUPS = 59;
  // setgroups(2): NGROUPS_MAX.
  private static final int MOST_GROUPS = 65_536;

  public Peer {
    groups = Set.copyOf(groups);
  }

  /// The peer of a connected channel.
  public static Peer of(SocketChannel channel) throws IOException {
    int socket = Descriptor.of(channel);
    ByteBuffer credentials = option(socket, SO_PEERCRED, 12);
    var groups = new HashSet<Integer>();
    ByteBuffer list = groups(socket);
    while (list.remaining() >= Integer.BYTES) {
      groups.add(list.getInt());
    }
    return new Peer(credentials.getInt(), credentials.getInt(), credentials.getInt(), groups);
  }

  /// Whether it is a member of the group.
  public boolean isMember(int group) {
    return gid == group || groups.contains(group);
  }

  private static ByteBuffer groups(int socket) {
    try {
      return option(socket, SO_PEERGROUPS, MOST_GROUPS * Integer.BYTES);
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOPROTOOPT) {
        return ByteBuffer.allocate(0);
      }
      throw e;
    }
  }

  private static ByteBuffer option(int socket, int option, int most) {
    try (var memory = new Memory()) {
      long value = memory.allocate(most);
      long length = memory.allocate(Integer.BYTES);
      Memory.putInt(length, most);
      Kernel.check(
          Kernel.tryCall(Syscall.GETSOCKOPT, socket, Socket.SOL_SOCKET, option, value, length),
          () -> "getsockopt(%d, SOL_SOCKET, %d)".formatted(socket, option));
      return ByteBuffer.wrap(Memory.read(value, Memory.getInt(length)))
          .order(ByteOrder.nativeOrder());
    }
  }

  /// The number that the kernel has for a channel. The JDK tells of a peer its names only, and for
  /// its number has no other door than this interface of its own.
  private static final class Descriptor {
    private static final MethodHandle NUMBER = find();

    static int of(SocketChannel channel) throws IOException {
      try {
        return (int) NUMBER.invoke(channel);
      } catch (Throwable e) {
        throw new IOException("the socket's number is not known", e);
      }
    }

    private static MethodHandle find() {
      try {
        Class<?> type = Class.forName("sun.nio.ch.SelChImpl");
        return MethodHandles.lookup()
            .findVirtual(type, "getFDVal", MethodType.methodType(int.class));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("java.base does not export sun.nio.ch", e);
      }
    }
  }
}
