package dev.davit.image;

import static java.util.stream.Collectors.joining;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// The root file system of a container: an overlay of its image and its own writable layer.
public final class Rootfs {
  // fsconfig(2) copies at most this much of a value, its zero byte apart.
  private static final int VALUE_MAX = 255;
  private static final int CLONE_FS = 0x200;
  private static final String FD = "/proc/self/fd";

  private Rootfs() {}

  /// The overlay as a detached mount, which vanishes with its last user.
  ///
  /// @param lowerdirs the topmost first
  /// @param upperdir what the container writes
  /// @param workdir empty, on the same file system as `upperdir`
  public static Fd mount(List<Path> lowerdirs, Path upperdir, Path workdir) {
    var opened = new ArrayList<Fd>();
    try {
      for (Path directory : lowerdirs) {
        opened.add(directory(directory));
      }
      var layers = List.copyOf(opened);
      var upper = directory(upperdir);
      opened.add(upper);
      var work = directory(workdir);
      opened.add(work);
      if (join(layers, FD + "/").length() <= VALUE_MAX || Kernel.isAtLeast(6, 7)) {
        return mount(layers, FD + "/", List.of(upper, work));
      }
      return amongTheDescriptors(() -> mount(layers, "", List.of(upper, work)));
    } catch (SyscallException e) {
      throw explained(e, upperdir);
    } finally {
      opened.forEach(Fd::close);
    }
  }

  /// The same to look at only: nothing below it changes, no layer need be free.
  public static Fd view(List<Path> layers) {
    if (layers.size() == 1) {
      // overlayfs.rst: without an upper layer there have to be two lower ones.
      return directory(layers.getFirst());
    }
    var opened = new ArrayList<Fd>();
    try {
      for (Path layer : layers) {
        opened.add(directory(layer));
      }
      if (join(opened, FD + "/").length() <= VALUE_MAX || Kernel.isAtLeast(6, 7)) {
        return mount(opened, FD + "/", List.of());
      }
      return amongTheDescriptors(() -> mount(opened, "", List.of()));
    } finally {
      opened.forEach(Fd::close);
    }
  }

  private static Fd mount(List<Fd> layers, String prefix, List<Fd> writable) {
    try (var fs = NewMount.fsopen("overlay")) {
      // By magic links: short, and a path with a colon or comma means nothing to the parser.
      String joined = join(layers, prefix);
      if (joined.length() <= VALUE_MAX) {
        NewMount.set(fs, "lowerdir", joined);
      } else {
        layers.forEach(layer -> NewMount.set(fs, "lowerdir+", layer.magicLink().toString()));
      }
      if (!writable.isEmpty()) {
        NewMount.set(fs, "upperdir", writable.getFirst().magicLink().toString());
        NewMount.set(fs, "workdir", writable.getLast().magicLink().toString());
      }
      // overlayfs.rst: without these, the kernel's build decides; index=on refuses layers that two
      // overlays share, redirects and metacopy make a layer mean more than its files.
      NewMount.set(fs, "index", "off");
      NewMount.set(fs, "redirect_dir", "nofollow");
      NewMount.set(fs, "metacopy", "off");
      return new Fd(NewMount.fsmount(fs, 0).number(), "rootfs");
    }
  }

  // Kernels before 6.7 take all lower layers in one value. In /proc/self/fd the names have but two
  // or three digits, which makes room for sixty. Only a thread of its own may change directory.
  private static Fd amongTheDescriptors(Supplier<Fd> mount) {
    var task =
        new FutureTask<Fd>(
            () -> {
              Kernel.unshare(CLONE_FS);
              try (var descriptors = directory(Path.of(FD))) {
                Kernel.call(Syscall.FCHDIR, descriptors.number());
              }
              return mount.get();
            });
    Thread.ofPlatform().name("rootfs").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "mount of a rootfs interrupted", null, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DavitException known ? known : new IllegalStateException(e);
    }
  }

  private static Fd directory(Path path) {
    return Kernel.open(path.toString(), Open.PATH | Open.DIRECTORY, 0);
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
