package dev.davit.engine;

import static java.util.stream.Collectors.toSet;

import dev.davit.archive.Changes;
import dev.davit.archive.Changes.Change;
import dev.davit.archive.FileTree;
import dev.davit.archive.FileTree.Found;
import dev.davit.archive.LayerPacking;
import dev.davit.archive.Owner;
import dev.davit.archive.Packing;
import dev.davit.archive.Removal;
import dev.davit.archive.Unpacking;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The verbs of [Archives].
final class ArchiveVerbs implements Archives {
  // What every start mounts.
  private static final Set<String> ALWAYS_MOUNTED =
      Set.of("/dev", "/proc", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

  private final Means means;

  ArchiveVerbs(Means means) {
    this.means = means;
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(FileTree tree) throws IOException;
  }

  private enum View {
    /// As the container sees it.
    WITH_MOUNTS,
    WITHOUT_MOUNTS
  }

  private <T> T using(String ref, View view, Use<T> use) {
    Life life = means.lives().get(ref);
    try {
      Optional<FileTree> running = running(life, view);
      if (running.isPresent()) {
        try (FileTree tree = running.get()) {
          return use.of(tree);
        }
      }
      life.verbs.lock();
      try {
        // It may have been started while this waited.
        try (FileTree tree = running(life, view).orElseGet(() -> stopped(life, view))) {
          return use.of(tree);
        }
      } finally {
        life.verbs.unlock();
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static DavitException broken(IOException e) {
    return new DavitException(
        Kind.UNAVAILABLE, "the stream of a copy has broken: " + e.getMessage(), null, e);
  }

  private static void checkThere(Life life) {
    if (life.removed()) {
      throw new DavitException(Kind.NOT_FOUND, "container \"" + life.name() + "\" is gone");
    }
  }

  // The root that the container's own process has shows all that is mounted in there.
  private static Optional<FileTree> running(Life life, View view) {
    Optional<Task> task = life.task();
    if (task.isEmpty()) {
      return Optional.empty();
    }
    Fd root;
    try {
      root = Kernel.open("/proc/" + task.get().pid() + "/root", Open.PATH | Open.DIRECTORY, 0);
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
        return Optional.empty();
      }
      throw e;
    }
    if (life.task().filter(task.get()::equals).isEmpty()) {
      root.close();
      return Optional.empty();
    }
    return Optional.of(
        view == View.WITH_MOUNTS ? FileTree.of(root, List.of()) : FileTree.ofOneMount(root));
  }

  private FileTree stopped(Life life, View view) {
    checkThere(life);
    Path directory = means.directories().container(life.id());
    Fd root =
        Rootfs.mount(
            image(life).lowerdirs(), directory.resolve("upper"), directory.resolve("work"));
    return FileTree.of(root, view == View.WITH_MOUNTS ? mounts(life) : List.of());
  }

  private List<FileTree.Mount> mounts(Life life) {
    var mounts = new ArrayList<FileTree.Mount>();
    for (Container.Mount mount : life.definition().mounts()) {
      switch (mount.type()) {
        // What the start mounts from memory or from layers is not there before it.
        case TMPFS, FILE, IMAGE, CONTAINER -> {}
        case BIND -> add(life, mount, mount.source(), mounts);
        case VOLUME -> add(life, mount, means.volumes().place(mount.source()).toString(), mounts);
      }
    }
    return mounts;
  }

  private static void add(
      Life life, Container.Mount mount, String source, List<FileTree.Mount> mounts) {
    try {
      Fd whole = Kernel.open(source, Open.PATH, 0);
      part(life, mount, whole)
          .ifPresent(fd -> mounts.add(new FileTree.Mount(mount.target(), fd, mount.readOnly())));
    } catch (SyscallException e) {
      // A source that a start would make: there is nothing in it yet.
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  // A subpath is in a volume that containers write to: it is resolved with the volume as root.
  private static Optional<Fd> part(Life life, Container.Mount mount, Fd whole) {
    Optional<String> subpath =
        life.config().mounts().stream()
            .filter(config -> config.target().equals(mount.target()))
            .findFirst()
            .flatMap(MountConfig::subpath);
    if (subpath.isEmpty()) {
      return Optional.of(whole);
    }
    try (whole) {
      return InRoot.open(whole, subpath.get(), Open.PATH);
    }
  }

  private Image image(Life life) {
    return means
        .images()
        .find(life.definition().imageId())
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND,
                    "image \"%s\" of the container is gone".formatted(life.config().image())));
  }

  @Override
  public Optional<Entry> find(String container, String path, boolean follow) {
    return using(
        container,
        View.WITH_MOUNTS,
        tree -> {
          Optional<Found> found = tree.find(path, follow);
          try {
            return found.map(ArchiveVerbs::entry);
          } finally {
            found.ifPresent(Found::close);
          }
        });
  }

  private static Entry entry(Found found) {
    Stat stat = found.stat();
    return new Entry(
        found.path(),
        stat.mode(),
        stat.size(),
        Instant.ofEpochSecond(stat.mtime().seconds(), stat.mtime().nanos()),
        stat.type() == Stat.SYMLINK ? FileCalls.readlink(found.fd(), "") : "");
  }

  @Override
  public void read(String container, String path, boolean follow, String name, OutputStream tar) {
    var _ =
        using(
            container,
            View.WITH_MOUNTS,
            tree -> {
              checkSeen(container, path);
              try (Found start = require(tree, container, path, follow)) {
                checkSeen(container, start.path());
                Packing.pack(tree, start, name, tar);
                return true;
              }
            });
  }

  private static Found require(FileTree tree, String container, String path, boolean follow) {
    return tree.find(path, follow)
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND, "no file \"%s\" in container %s".formatted(path, container)));
  }

  @Override
  public void write(String container, String directory, InputStream tar, Owner owner) {
    Life life = means.lives().get(container);
    var _ =
        using(
            container,
            View.WITH_MOUNTS,
            tree -> {
              checkSeen(container, directory);
              try (Found top = require(tree, life.name(), directory, true)) {
                checkSeen(container, top.path());
                checkWritable(life, tree, top);
                Unpacking.unpack(tree, top, tar, Unpacking.Options.container(owner));
                return true;
              }
            });
  }

  @Override
  public void alter(String container, Collection<String> gone, InputStream tar, Owner owner) {
    Life life = means.lives().get(container);
    var _ =
        using(
            container,
            View.WITH_MOUNTS,
            tree -> {
              try (Found top = tree.root()) {
                checkWritable(life, tree, top);
                gone.forEach(path -> Removal.remove(tree, path));
                Unpacking.unpack(tree, top, tar, Unpacking.Options.alike(owner));
                return true;
              }
            });
  }

  // What a start mounts from memory, from layers or by a driver is not there before it: what lies
  // below in the image is not what the container would see.
  private void checkSeen(String container, String path) {
    Life life = means.lives().get(container);
    if (life.task().isPresent()) {
      return;
    }
    String normal = Path.of("/").resolve(path).normalize().toString();
    for (Container.Mount mount : life.definition().mounts()) {
      boolean inside = normal.equals(mount.target()) || normal.startsWith(mount.target() + "/");
      if (inside && isMadeByStart(mount)) {
        throw new DavitException(
            Kind.WRONG_STATE,
            "\"%s\" of container %s is there only while it runs".formatted(path, life.name()),
            "start it first");
      }
    }
  }

  private boolean isMadeByStart(Container.Mount mount) {
    return switch (mount.type()) {
      case TMPFS, FILE, IMAGE, CONTAINER -> true;
      case BIND -> false;
      case VOLUME ->
          means
              .volumes()
              .find(mount.source())
              .filter(volume -> !volume.config().driverOpts().isEmpty())
              .isPresent();
    };
  }

  private static void checkWritable(Life life, FileTree tree, Found top) {
    if (top.stat().type() != Stat.DIRECTORY) {
      throw new DavitException(
          Kind.INVALID,
          "\"%s\" in container %s is no directory".formatted(top.path(), life.name()));
    }
    // A running one has its mounts, which refuse by themselves.
    boolean sealed = life.config().security().readOnlyRootfs() && !tree.isMounted(top.path());
    if (top.readOnly() || (sealed && life.task().isEmpty())) {
      throw new DavitException(
          Kind.DENIED, "\"%s\" of container %s is read-only".formatted(top.path(), life.name()));
    }
  }

  @Override
  public void export(String container, OutputStream tar) {
    var _ =
        using(
            container,
            View.WITHOUT_MOUNTS,
            tree -> {
              try (Found root = tree.root()) {
                Packing.pack(tree, root, "", tar);
                return true;
              }
            });
  }

  @Override
  public List<Change> changes(String container) {
    Life life = means.lives().get(container);
    try (FileTree written = upper(life);
        FileTree below = below(life)) {
      return Changes.of(written, below);
    }
  }

  private FileTree upper(Life life) {
    Path upper = means.directories().container(life.id()).resolve("upper");
    return FileTree.of(Kernel.open(upper.toString(), Open.PATH | Open.DIRECTORY, 0), List.of());
  }

  private FileTree below(Life life) {
    return FileTree.of(Rootfs.view(image(life).lowerdirs()), List.of());
  }

  @Override
  public boolean layer(String container, OutputStream tar) {
    Life life = means.lives().get(container);
    Set<String> mounts =
        life.definition().mounts().stream().map(Container.Mount::target).collect(toSet());
    life.verbs.lock();
    try {
      checkThere(life);
      try (FileTree written = upper(life);
          FileTree below = below(life)) {
        return LayerPacking.pack(
                written, below, it -> ALWAYS_MOUNTED.contains(it) || mounts.contains(it), tar)
            > 0;
      }
    } catch (IOException e) {
      throw broken(e);
    } finally {
      life.verbs.unlock();
    }
  }
}
