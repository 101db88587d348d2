package dev.davit.runtime;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import java.util.List;

/// The file system in memory that a container's held files come from, with what lies over the paths
/// that it must not read, and directories in which the kernel's file systems are made: one for each
/// start, attached in the container's mount namespace only, and gone with it.
final class HeldFiles {
  private static final int PAGE = 64 * 1024; // the largest that Linux has

  /// An empty directory, which covers directories.
  static final String EMPTY = "empty";

  /// The device that has no content, char 1:3; it covers files.
  static final String NULL = "null";

  private static final long NULL_DEVICE = 1L << 32 | 3; // major and minor, as Stat has them

  private HeldFiles() {}

  /// The held files among `mounts`, in the order in which they are numbered.
  static List<MountSpec.Held> of(List<MountSpec> mounts) {
    return mounts.stream()
        .filter(MountSpec.Held.class::isInstance)
        .map(MountSpec.Held.class::cast)
        .toList();
  }

  /// A detached mount with `files`, each under its number in the list, the covers, and the
  /// directories.
  static Fd make(List<MountSpec.Held> files) {
    long size =
        files.stream().mapToLong(file -> (file.content().length() / PAGE + 1L) * PAGE).sum();
    try (var fs = NewMount.fsopen("tmpfs")) {
      NewMount.set(fs, "size", Long.toString(size + PAGE));
      NewMount.set(fs, "mode", "0700");
      // tmpfs(5), Linux 6.4; before, nothing but swapoff(8) keeps it off the swap device.
      NewMount.trySet(fs, "noswap");
      Fd mount = NewMount.fsmount(fs, 0);
      try {
        covers(mount);
        for (int i = 0; i < files.size(); i++) {
          write(mount, Integer.toString(i), files.get(i));
        }
      } catch (RuntimeException e) {
        mount.close();
        throw e;
      }
      return new Fd(mount.number(), "held");
    }
  }

  // Before anything of an image or a user is there, and looked at once more: over what a container
  // must not see there shall be nothing that leads elsewhere.
  private static void covers(Fd mount) {
    FileCalls.mkdir(mount, EMPTY, 0555);
    FileCalls.chmod(mount, EMPTY, 0555); // mkdir(2): less the umask
    MountPoints.KERNEL.forEach(name -> FileCalls.mkdir(mount, name, 0555));
    FileCalls.mknod(mount, NULL, Stat.CHARACTER | 0666, NULL_DEVICE);
    FileCalls.chmod(mount, NULL, 0666);
    try (Fd made = Kernel.openat(mount.number(), NULL, Open.PATH | Open.NOFOLLOW, 0)) {
      var stat = Stat.of(made);
      if (stat.type() != Stat.CHARACTER || stat.rdev() != NULL_DEVICE) {
        throw new IllegalStateException("no char 1:3 in a file system made a moment ago: " + stat);
      }
    }
  }

  private static void write(Fd mount, String name, MountSpec.Held held) {
    int flags = Open.WRONLY | Open.CREAT | Open.EXCL;
    try (var file = FileCalls.open(mount, name, flags, 0)) {
      Kernel.write(file, held.content().toArray());
      FileCalls.chown(file, held.uid(), held.gid());
      FileCalls.chmod(file, held.mode());
    }
  }
}
