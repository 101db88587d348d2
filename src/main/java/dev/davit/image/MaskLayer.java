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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a [Mask] as a directory that overlayfs can take for a layer.
final class MaskLayer {
  // overlayfs.rst, "whiteouts and opaque directories": nothing of the layers below shows in it.
  private static final String OPAQUE = "trusted.overlay.opaque";

  private MaskLayer() {}

  /// A directory with the layer in it, made unless it is there; it is never changed, since overlays
  /// use it. It must not be on the root file system: overlayfs refuses (ELOOP) a lower layer that
  /// lies inside another, and every directory there lies inside `/`.
  ///
  /// @param name of the directory, one a mask
  /// @param run where it may be kept; usually a tmpfs
  static Path ensure(Mask mask, String name, Path run) throws IOException {
    Path images = Files.createDirectories(run.resolve("images"));
    Path target = images.resolve(name);
    if (device(images) != device(Path.of("/"))) {
      if (!Files.isDirectory(target)) {
        Path draft = Files.createTempDirectory(images, ".draft-");
        try (var layer = Kernel.open(draft.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
          write(mask, layer);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    }
    if (Kernel.isAtLeast(6, 15)) {
      // The descriptor stays open as long as the engine: who has the image may mount it any time.
      return tmpfs(mask).magicLink();
    }
    Files.createDirectories(target);
    if (device(target) == device(images)) {
      try (var layer = tmpfs(mask);
          var place = Kernel.open(target.toString(), Open.PATH, 0)) {
        NewMount.moveMount(layer, place);
      }
    }
    return target;
  }

  static long device(Path path) {
    try (var file = Kernel.open(path.toString(), Open.PATH, 0)) {
      return Stat.of(file).dev();
    }
  }

  // A mount that hangs nowhere; kernels before 6.15 take no layer from such a one.
  private static Fd tmpfs(Mask mask) {
    Fd layer;
    try (var tmpfs = NewMount.fsopen("tmpfs")) {
      NewMount.set(tmpfs, "mode", "0755");
      NewMount.set(tmpfs, "size", "4m");
      layer = NewMount.fsmount(tmpfs, NewMount.ATTR_NODEV | NewMount.ATTR_NOSUID);
    }
    write(mask, layer);
    return layer;
  }

  private static void write(Mask mask, Fd layer) {
    mask.entries().forEach((path, entry) -> write(layer, path, entry));
    try (var root = Kernel.open("/", Open.PATH, 0);
        var top = InRoot.open(layer, "/", Open.RDONLY).orElseThrow()) {
      var stat = Stat.of(root);
      setOwner(top, new Mask.Entry(Mask.Shape.PARENT, stat.permissions(), stat.uid(), stat.gid()));
    }
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
