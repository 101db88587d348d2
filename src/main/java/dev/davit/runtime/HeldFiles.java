package dev.davit.runtime;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import java.util.List;

/// The file system in memory that a container's held files come from: one for each start, attached
/// in the container's mount namespace only, and gone with it.
final class HeldFiles {
  private static final int PAGE = 64 * 1024; // the largest that Linux has

  private HeldFiles() {}

  /// The held files among `mounts`, in the order in which they are numbered.
  static List<MountSpec.Held> of(List<MountSpec> mounts) {
    return mounts.stream()
        .filter(MountSpec.Held.class::isInstance)
        .map(MountSpec.Held.class::cast)
        .toList();
  }

  /// A detached mount with `files`, each under its number in the list.
  static Fd make(List<MountSpec.Held> files) {
    long size =
        files.stream().mapToLong(file -> (file.content().length() / PAGE + 1L) * PAGE).sum();
    try (var fs = NewMount.fsopen("tmpfs")) {
      NewMount.set(fs, "size", Long.toString(size));
      NewMount.set(fs, "mode", "0700");
      // tmpfs(5), Linux 6.4; before, nothing but swapoff(8) keeps it off the swap device.
      NewMount.trySet(fs, "noswap");
      Fd mount = NewMount.fsmount(fs, 0);
      try {
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

  private static void write(Fd mount, String name, MountSpec.Held held) {
    int flags = Open.WRONLY | Open.CREAT | Open.EXCL;
    try (var file = FileCalls.open(mount, name, flags, 0)) {
      Kernel.write(file, held.content().toArray());
      FileCalls.chown(file, held.uid(), held.gid());
      FileCalls.chmod(file, held.mode());
    }
  }
}
