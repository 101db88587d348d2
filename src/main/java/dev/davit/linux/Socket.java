package dev.davit.linux;

/// Sockets of families that the JDK does not know. Each call throws [SyscallException].
public final class Socket {
  public static final int AF_NETLINK = 16;
  public static final int SOCK_RAW = 3;
  public static final int SOL_SOCKET = 1;
  public static final int SO_SNDBUFFORCE = 32;
  public static final int SO_RCVBUFFORCE = 33;

  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_TRUNC = 0x20;

  private Socket() {}

  /// socket(2); `SOCK_CLOEXEC` is added.
  ///
  /// @param name how the descriptor reads in a trace
  public static Fd open(int family, int type, int protocol, String name) {
    long fd = Kernel.call(Syscall.SOCKET, family, type | SOCK_CLOEXEC, protocol);
    return new Fd((int) fd, name);
  }

  /// setsockopt(2) with an `int`.
  public static void option(Fd socket, int level, int option, int value) {
    try (var memory = new Memory()) {
      long address = memory.allocate(4);
      Memory.putInt(address, value);
      Kernel.check(
          Kernel.tryCall(Syscall.SETSOCKOPT, socket.number(), level, option, address, 4),
          () -> "setsockopt(%s, %d, %d, %d)".formatted(socket, level, option, value));
    }
  }

  /// send(2) of one datagram.
  public static void send(Fd socket, byte[] datagram) {
    try (var memory = new Memory()) {
      long address = memory.bytes(datagram);
      Kernel.check(
          Kernel.tryCall(Syscall.SENDTO, socket.number(), address, datagram.length, 0, 0, 0),
          () -> "send(%s, %d)".formatted(socket, datagram.length));
    }
  }

  /// recv(2) of one datagram of at most `limit` bytes, which must not be longer.
  ///
  /// @param wait whether to wait for one; if not, an empty array says that there is none
  public static byte[] receive(Fd socket, int limit, boolean wait) {
    try (var memory = new Memory()) {
      long address = memory.allocate(limit);
      int flags = MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT);
      long length = Kernel.tryCall(Syscall.RECVFROM, socket.number(), address, limit, flags, 0, 0);
      if (!wait && length == -Errno.EAGAIN.number()) {
        return new byte[0];
      }
      Kernel.check(length, () -> "recv(%s, %d)".formatted(socket, limit));
      if (length > limit) {
        throw new SyscallException("recv(%s, %d)".formatted(socket, limit), Errno.EMSGSIZE);
      }
      return Memory.read(address, (int) length);
    }
  }
}
