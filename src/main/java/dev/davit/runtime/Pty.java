package dev.davit.runtime;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Syscall;
import java.util.List;
import java.util.Optional;

/// A terminal as its container has it: the pty(7) lies in the container's own devpts.
///
/// @param devpts the detached file system it was made in, if it was made for a new container
/// @param master the engine's end
/// @param slave the process's end
record Pty(Optional<Fd> devpts, Fd master, Fd slave) {
  private static final int TIOCSPTLCK = 0x40045431;
  private static final int TIOCGPTPEER = 0x5441;
  private static final int TIOCSWINSZ = 0x5414;
  private static final long PTMX_DEVICE = 5L << 32 | 2; // major and minor, as Stat has them
  private static final String OPTIONS_MODE = "0620";

  /// A terminal in a devpts of its own, for a container that is about to start.
  static Pty inNewDevpts(Stdio.Terminal size) {
    try (Fd fs = NewMount.fsopen("devpts")) {
      NewMount.set(fs, "newinstance");
      NewMount.set(fs, "ptmxmode", "0666");
      NewMount.set(fs, "mode", OPTIONS_MODE);
      NewMount.set(fs, "gid", "5");
      Fd devpts = NewMount.fsmount(fs, NewMount.ATTR_NOSUID | NewMount.ATTR_NOEXEC);
      Fd master = Kernel.openat(devpts.number(), "ptmx", Open.RDWR | Open.NOCTTY, 0);
      return new Pty(Optional.of(devpts), master, peer(master, size));
    }
  }

  /// A terminal in the devpts of a running container.
  ///
  /// @param root its root directory
  static Pty inContainer(Fd root, Stdio.Terminal size) {
    long resolve = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_SYMLINKS | Open.RESOLVE_NO_MAGICLINKS;
    // Looked at before it is opened: what lies there may be a mount of the container's, and opening
    // a device may do anything.
    try (Fd place = Kernel.openat2(root, "dev/pts/ptmx", Open.PATH, 0, resolve)) {
      var stat = Stat.of(place);
      if (stat.type() != Stat.CHARACTER || stat.rdev() != PTMX_DEVICE) {
        throw new DavitException(
            Kind.INVALID,
            "\"/dev/pts/ptmx\" of the container is no place to make a terminal",
            "exec without a terminal (-T), or leave /dev/pts to davit");
      }
      String link = place.magicLink().toString();
      Fd master = Kernel.open(link, Open.RDWR | Open.NOCTTY, 0);
      return new Pty(Optional.empty(), master, peer(master, size));
    }
  }

  // ioctl_tty(2): TIOCGPTPEER opens the other end without a path.
  private static Fd peer(Fd master, Stdio.Terminal size) {
    try (var memory = new Memory()) {
      Kernel.call(Syscall.IOCTL, master.number(), TIOCSPTLCK, memory.allocate(4));
    }
    int flags = Open.RDWR | Open.NOCTTY | Open.CLOEXEC;
    long slave = Kernel.call(Syscall.IOCTL, master.number(), TIOCGPTPEER, flags);
    resize(master, size);
    return new Fd((int) slave, "/dev/pts/0");
  }

  /// Tells the terminal its size; the foreground process gets SIGWINCH if it has changed.
  static void resize(Fd terminal, Stdio.Terminal size) {
    try (var memory = new Memory()) {
      long window = memory.allocate(8);
      Memory.putShort(window, size.rows());
      Memory.putShort(window + 2, size.columns());
      Kernel.call(Syscall.IOCTL, terminal.number(), TIOCSWINSZ, window);
    }
  }

  /// What only the child needs.
  List<Fd> childEnds() {
    return devpts.map(fd -> List.of(slave, fd)).orElse(List.of(slave));
  }
}
