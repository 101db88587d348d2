package dev.davit.image;

import static java.util.stream.Collectors.joining;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.MountFlag;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// One overlay to be mounted, of however many layers the kernel takes.
///
/// @param layers the topmost first
/// @param writable upper and work directory, or nothing for a view
record OverlayMount(List<Path> layers, List<Path> writable) {
  private static final int CLONE_NEWNS = 0x20000;
  private static final int AT_FDCWD = -100;
  // OVL_MAX_STACK of the kernel.
  private static final int MOST_LAYERS = 500;
  // fsconfig(2) copies at most 255 bytes of a value: so many names in /proc/self/fd, however long.
  private static final int FEW = 12;
  private static final String FD = "/proc/self/fd";

  // overlayfs.rst: without these, the kernel's build decides; index=on refuses layers that two
  // overlays share, redirects and metacopy make a layer mean more than its files.
  private static final List<List<String>> OPTIONS =
      List.of(
          List.of("index", "off"), List.of("redirect_dir", "nofollow"), List.of("metacopy", "off"));

  /// The directories, open.
  private record Opened(List<Fd> layers, List<Fd> writable) implements AutoCloseable {
    String joined(String prefix) {
      return layers.stream().map(layer -> prefix + layer.number()).collect(joining(":"));
    }

    @Override
    public void close() {
      layers.forEach(Fd::close);
      writable.forEach(Fd::close);
    }
  }

  private Opened open() {
    var opened = new Opened(new ArrayList<>(), new ArrayList<>());
    try {
      layers.forEach(layer -> opened.layers.add(directory(layer)));
      writable.forEach(each -> opened.writable.add(directory(each)));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static Fd directory(Path path) {
    return Kernel.open(path.toString(), Open.PATH | Open.DIRECTORY, 0);
  }

  /// The detached mount.
  ///
  /// @param singly whether the kernel takes layers one by one, as since 6.7
  Fd mount(boolean singly) {
    if (layers.size() > MOST_LAYERS) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "image has %d layers, and overlayfs takes %d".formatted(layers.size(), MOST_LAYERS),
          "make an image of one layer: davit export, then davit import");
    }
    Fd mount = layers.size() <= FEW || singly ? configured() : inNamespace();
    return new Fd(mount.number(), "rootfs");
  }

  private Fd configured() {
    try (Opened opened = open();
        Fd fs = NewMount.fsopen("overlay")) {
      // By magic links: short, and a path with a colon or comma means nothing to the parser.
      if (layers.size() <= FEW) {
        NewMount.set(fs, "lowerdir", opened.joined(FD + "/"));
      } else {
        opened.layers.forEach(it -> NewMount.set(fs, "lowerdir+", it.magicLink().toString()));
      }
      if (!writable.isEmpty()) {
        NewMount.set(fs, "upperdir", opened.writable.getFirst().magicLink().toString());
        NewMount.set(fs, "workdir", opened.writable.getLast().magicLink().toString());
      }
      OPTIONS.forEach(option -> NewMount.set(fs, option.getFirst(), option.getLast()));
      return NewMount.fsmount(fs, 0);
    }
  }

  // Before 6.7 all layers are one value. mount(2) takes a page of them, which is enough for as many
  // as overlayfs takes if they are called by their numbers in /proc/self/fd; but it needs a place
  // in
  // a namespace, and that the layers are in the same one. A thread of its own gets one, with a
  // directory of its own, and takes it along when it ends.
  private Fd inNamespace() {
    var task = new FutureTask<>(this::mountInNamespace);
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

  private Fd mountInNamespace() {
    String place =
        Stream.concat(writable.stream(), layers.stream())
            .findFirst()
            .map(it -> it.toAbsolutePath().toString())
            .orElseThrow();
    Kernel.unshare(CLONE_NEWNS);
    Kernel.mount(null, "/", null, MountFlag.REC.bit() | MountFlag.PRIVATE.bit(), null);
    try (Opened opened = open();
        Fd descriptors = directory(Path.of(FD))) {
      Kernel.call(Syscall.FCHDIR, descriptors.number());
      Kernel.mount("overlay", place, "overlay", 0, options(opened));
      return NewMount.openTree(AT_FDCWD, place, NewMount.OPEN_TREE_CLONE);
    }
  }

  private static String options(Opened opened) {
    var options = new ArrayList<>(List.of("lowerdir=" + opened.joined("")));
    if (!opened.writable.isEmpty()) {
      options.add("upperdir=" + opened.writable.getFirst().number());
      options.add("workdir=" + opened.writable.getLast().number());
    }
    OPTIONS.forEach(option -> options.add(String.join("=", option)));
    return String.join(",", options);
  }
}
