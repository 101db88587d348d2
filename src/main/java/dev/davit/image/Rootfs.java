package dev.davit.image;

import static java.util.stream.Collectors.joining;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The root file system of a container: an overlay of its image and its own writable layer.
public final class Rootfs {
  // fsconfig(2) copies at most this much of a value, its zero byte apart.
  private static final int VALUE_MAX = 255;

  private Rootfs() {}

  /// The overlay as a detached mount, which vanishes with its last user.
  ///
  /// @param lowerdirs the topmost first
  /// @param upperdir what the container writes
  /// @param workdir empty, on the same file system as `upperdir`
  public static Fd mount(List<Path> lowerdirs, Path upperdir, Path workdir) {
    var opened = new ArrayList<Fd>();
    try (var fs = NewMount.fsopen("overlay")) {
      for (Path directory : lowerdirs) {
        opened.add(directory(directory));
      }
      setLayers(fs, opened);
      opened.add(directory(upperdir));
      NewMount.set(fs, "upperdir", opened.getLast().magicLink().toString());
      opened.add(directory(workdir));
      NewMount.set(fs, "workdir", opened.getLast().magicLink().toString());
      // overlayfs.rst: without these, the kernel's build decides; index=on refuses layers that two
      // overlays share, redirects and metacopy make a layer mean more than its files.
      NewMount.set(fs, "index", "off");
      NewMount.set(fs, "redirect_dir", "nofollow");
      NewMount.set(fs, "metacopy", "off");
      return new Fd(NewMount.fsmount(fs, 0).number(), "rootfs");
    } catch (SyscallException e) {
      throw explained(e, upperdir);
    } finally {
      opened.forEach(Fd::close);
    }
  }

  private static Fd directory(Path path) {
    return Kernel.open(path.toString(), Open.PATH | Open.DIRECTORY, 0);
  }

  // By magic links: short, and a path with a colon or comma means nothing to the parser.
  private static void setLayers(Fd fs, List<Fd> layers) {
    String joined = join(layers, "/proc/self/fd/");
    if (joined.length() <= VALUE_MAX) {
      NewMount.set(fs, "lowerdir", joined);
    } else if (NewMount.trySet(fs, "lowerdir+", layers.getFirst().magicLink().toString()) == 0) {
      for (Fd layer : layers.subList(1, layers.size())) {
        NewMount.set(fs, "lowerdir+", layer.magicLink().toString());
      }
    } else {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "image of %d layers on kernel %s".formatted(layers.size(), Kernel.release()),
          "flatten the image or use kernel 6.8 or newer");
    }
  }

  private static String join(List<Fd> layers, String prefix) {
    return layers.stream().map(layer -> prefix + layer.number()).collect(joining(":"));
  }

  private static DavitException explained(SyscallException e, Path upperdir) {
    return e.errno() == Errno.EINVAL
        ? new DavitException(
            Kind.UNSUPPORTED,
            "overlay below \"%s\": %s".formatted(upperdir, e.getMessage()),
            "keep the data directory (DAVIT_ROOT) on ext4, xfs, btrfs or tmpfs",
            e)
        : e;
  }
}
