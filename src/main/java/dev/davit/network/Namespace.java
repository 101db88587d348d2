package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Exhausted;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A container's network namespace with the sockets that were opened in it. A socket stays in the
/// namespace of the thread that opened it, so any thread can use these.
///
/// @param dns its resolver's sockets, where it was asked for them
record Namespace(Fd fd, Netlink netlink, List<DnsSockets> dns) implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int NS_GET_NSTYPE = 0xb703;
  private static final int MS_BIND = 4096;
  private static final int MNT_DETACH = 2;
  private static final int LOOPBACK = 1;
  private static final int DNS_PORT = 53;
  private static final Path SYSCTL = Path.of("/proc/sys/net");
  private static final String SELF = "/proc/thread-self/ns/net";

  /// @param udp bound to the resolver's address
  /// @param tcp bound to it as well
  record DnsSockets(DatagramChannel udp, ServerSocketChannel tcp) {}

  /// Makes a namespace with loopback up and mounts it at `path`.
  static Namespace create(Path path, boolean withDns) {
    return onThread(
        () -> {
          Kernel.unshare(CLONE_NEWNET);
          quietIpv6();
          Files.createDirectories(path.getParent());
          Files.writeString(path, "");
          Kernel.mount(SELF, path.toString(), null, MS_BIND, null);
          return sockets(withDns);
        });
  }

  // Interfaces have IPv6 where their network has, then at once, and nobody on the network tells
  // them of other addresses or routes.
  private static void quietIpv6() throws IOException {
    Path usual = SYSCTL.resolve("ipv6/conf/default");
    if (Files.exists(usual)) {
      for (String off : List.of("accept_ra", "autoconf", "accept_dad")) {
        Files.writeString(usual.resolve(off), "0");
      }
      Files.writeString(usual.resolve("disable_ipv6"), "1");
    }
  }

  /// Writes files below /proc/sys/net, which are those of whoever's namespace the writer is in.
  void set(Map<String, String> files) {
    if (files.isEmpty()) {
      return;
    }
    onThread(
        () -> {
          Kernel.setns(fd, CLONE_NEWNET);
          for (Map.Entry<String, String> file : files.entrySet()) {
            try {
              Files.writeString(SYSCTL.resolve(file.getKey()), file.getValue());
            } catch (IOException e) {
              throw new DavitException(
                  Kind.INVALID,
                  "net.%s = \"%s\" is refused by the kernel: %s"
                      .formatted(file.getKey().replace('/', '.'), file.getValue(), e.getMessage()),
                  null,
                  e);
            }
          }
          return true;
        });
  }

  /// Opens the sockets in a namespace that is there.
  static Namespace enter(Path path, boolean withDns) {
    return onThread(
        () -> {
          try (Fd fd = Kernel.open(path.toString(), Open.RDONLY, 0)) {
            Kernel.setns(fd, CLONE_NEWNET);
          }
          return sockets(withDns);
        });
  }

  // A namespace lives as long as a descriptor of it: what is opened before a step that fails is
  // closed again.
  private static Namespace sockets(boolean withDns) throws IOException {
    Fd fd = Kernel.open(SELF, Open.RDONLY, 0);
    try {
      Netlink netlink = Netlink.route();
      try {
        netlink.send(List.of(Rtnetlink.up(LOOPBACK)));
        return new Namespace(fd, netlink, withDns ? List.of(dnsSockets()) : List.of());
      } catch (IOException | RuntimeException | Error e) {
        netlink.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      fd.close();
      throw e;
    }
  }

  private static DnsSockets dnsSockets() throws IOException {
    var address = new InetSocketAddress(Ipv4.parse(DnsConfig.RESOLVER).toInet(), DNS_PORT);
    var udp = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      udp.bind(address).configureBlocking(false);
      var tcp = ServerSocketChannel.open(StandardProtocolFamily.INET);
      try {
        tcp.bind(address).configureBlocking(false);
        return new DnsSockets(udp, tcp);
      } catch (IOException | RuntimeException | Error e) {
        tcp.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      udp.close();
      throw e;
    }
  }

  /// Whether a namespace is mounted at `path` (ioctl_ns(2)).
  static boolean isThere(Path path) {
    try (Fd fd = Kernel.open(path.toString(), Open.RDONLY, 0)) {
      return Kernel.tryCall(Syscall.IOCTL, fd.number(), NS_GET_NSTYPE) == CLONE_NEWNET;
    } catch (SyscallException e) {
      return false;
    }
  }

  /// Mounts a namespace that lives, as /proc/PID/ns/net, at `path` again.
  static void mount(Path alive, Path path) {
    try {
      if (Files.readSymbolicLink(alive).equals(Files.readSymbolicLink(Path.of(SELF)))) {
        throw new DavitException(Kind.INVALID, "\"%s\" is the host's network".formatted(alive));
      }
      Files.createDirectories(path.getParent());
      remove(path);
      Files.writeString(path, "");
      Kernel.mount(alive.toString(), path.toString(), null, MS_BIND, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Unmounts the namespace at `path`, if any; it ends when no process is in it any more.
  static void remove(Path path) {
    try {
      Kernel.umount(path.toString(), MNT_DETACH);
    } catch (SyscallException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// unshare(2) and setns(2) change the thread for good, so it has to be one of its own.
  private static <T> T onThread(Callable<T> code) {
    var task = new FutureTask<T>(code);
    try {
      Thread.ofPlatform().name("netns").start(task);
    } catch (OutOfMemoryError e) {
      throw Exhausted.of(e);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DavitException cause) {
        throw cause;
      }
      throw new DavitException(Kind.INTERNAL, "network namespace: " + e.getCause(), null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "network namespace: interrupted", null, e);
    }
  }

  /// Closes what only its making needed; the DNS sockets stay open.
  @Override
  public void close() {
    netlink.close();
    fd.close();
  }
}
