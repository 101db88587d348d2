package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.nio.file.Path;

/// Writes a [Mask] as a directory that overlayfs can take for a layer.
final class MaskLayer {
  // overlayfs.rst, "whiteouts and opaque directories": nothing of the layers below shows in it.
  private static final String OPAQUE = "trusted.overlay.opaque";

  private MaskLayer() {}

  /// The root of a tmpfs of its own with the layer in it. overlayfs refuses (ELOOP) a lower layer
  /// that lies inside another, and every directory of the root file system lies inside `/`. The
  /// mount hangs nowhere and lives as long as the descriptor or an overlay on it.
  static Fd make(Mask mask) {
    Fd layer;
    try (var tmpfs = NewMount.fsopen("tmpfs")) {
      NewMount.set(tmpfs, "mode", "0755");
      NewMount.set(tmpfs, "size", "4m");
      layer = NewMount.fsmount(tmpfs, NewMount.ATTR_NODEV | NewMount.ATTR_NOSUID);
    }
    mask.entries().forEach((path, entry) -> write(layer, path, entry));
    try (var root = Kernel.open("/", Open.PATH, 0);
        var top = InRoot.open(layer, "/", Open.RDONLY).orElseThrow()) {
      var stat = Stat.of(root);
      setOwner(top, new Mask.Entry(Mask.Shape.PARENT, stat.permissions(), stat.uid(), stat.gid()));
    }
    return layer;
  }

  private static void write(Fd layer, Path path, Mask.Entry entry) {
    switch (entry.shape()) {
      case EMPTY_FILE -> InRoot.ensureFile(layer, path.toString(), 0x180).close();
      case PARENT, EMPTY_DIRECTORY -> InRoot.ensureDirectory(layer, path.toString(), 0x1c0).close();
    }
    InRoot.open(layer, path.toString(), Open.RDONLY)
        .ifPresent(
            file -> {
              try (file) {
                if (entry.shape() == Mask.Shape.EMPTY_DIRECTORY) {
                  Xattr.set(file, OPAQUE, "y".getBytes(UTF_8));
                }
                setOwner(file, entry);
              }
            });
  }

  private static void setOwner(Fd file, Mask.Entry entry) {
    FileCalls.chown(file, entry.uid(), entry.gid());
    FileCalls.chmod(file, entry.permissions());
  }
}
