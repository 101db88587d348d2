package dev.davit.image;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.List;

/// The root file system of a container: an overlay of its image and its own writable layer.
public final class Rootfs {
  private Rootfs() {}

  /// The overlay as a detached mount, which vanishes with its last user.
  ///
  /// @param lowerdirs the topmost first
  /// @param upperdir what the container writes
  /// @param workdir empty, on the same file system as `upperdir`
  public static Fd mount(List<Path> lowerdirs, Path upperdir, Path workdir) {
    return mount(lowerdirs, List.of(upperdir, workdir), takesLayersSingly());
  }

  /// The same to look at only: nothing below it changes, no layer need be free.
  public static Fd view(List<Path> layers) {
    // overlayfs.rst: without an upper layer there have to be two lower ones.
    return layers.size() == 1
        ? OverlayMount.directory(layers.getFirst())
        : mount(layers, List.of(), takesLayersSingly());
  }

  private static boolean takesLayersSingly() {
    return Kernel.isAtLeast(6, 7);
  }

  static Fd mount(List<Path> layers, List<Path> writable, boolean singly) {
    try {
      return new OverlayMount(layers, writable).mount(singly);
    } catch (SyscallException e) {
      throw explained(e, (writable.isEmpty() ? layers : writable).getFirst());
    }
  }

  private static DavitException explained(SyscallException e, Path place) {
    return e.errno() == Errno.EINVAL
        ? new DavitException(
            Kind.UNSUPPORTED,
            "overlay below \"%s\": %s".formatted(place, e.getMessage()),
            "keep the data directory (DAVIT_ROOT) on ext4, xfs, btrfs or tmpfs",
            e)
        : e;
  }
}
