package dev.davit.archive;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Files below one root, and what would be mounted among them. Symbolic links are followed with
/// that root as `/`, here and not by the kernel: so this works as well for a container that has no
/// mount namespace, since it does not run. Each name is opened by itself, without following, so
/// that nobody who exchanges files meanwhile can make the walk leave the tree.
public final class FileTree implements AutoCloseable {
  private static final int MOST_LINKS = 40; // as the kernel, path_resolution(7)
  private static final int DEEPEST = 512;

  private final Fd root;
  private final List<Mount> mounts;
  private final boolean crossing;

  private FileTree(Fd root, List<Mount> mounts, boolean crossing) {
    this.root = root;
    this.mounts = List.copyOf(mounts);
    this.crossing = crossing;
  }

  /// Something to be seen at a place in the tree, which need not exist there.
  ///
  /// @param target absolute and clean
  /// @param source `O_PATH`
  public record Mount(String target, Fd source, boolean readOnly) {}

  /// What the kernel shows below `root`, with `mounts` in it. It owns all the descriptors.
  public static FileTree of(Fd root, List<Mount> mounts) {
    return new FileTree(root, mounts, true);
  }

  /// What lies below `root` on its own file system: of what is mounted there only the places.
  public static FileTree ofOneMount(Fd root) {
    return new FileTree(root, List.of(), false);
  }

  /// A file or a directory of the host by itself.
  ///
  /// @param follow whether it may be where a symbolic link leads
  public static FileTree ofHost(Path path, boolean follow) {
    int flags = Open.PATH | (follow ? 0 : Open.NOFOLLOW);
    return of(Kernel.open(path.toString(), flags, 0), List.of());
  }

  /// A place in the tree.
  ///
  /// @param fd `O_PATH`, the holder's to close
  /// @param path absolute, without symbolic links
  /// @param readOnly whether it is in a mount that nobody may change
  /// @param isEntered whether what is in it belongs to the tree; else only the place does
  public record Found(Fd fd, String path, boolean readOnly, boolean isEntered)
      implements AutoCloseable {
    public Stat stat() {
      return Stat.of(fd);
    }

    public boolean isDirectory() {
      return stat().type() == Stat.DIRECTORY;
    }

    @Override
    public void close() {
      fd.close();
    }
  }

  /// The root itself.
  public Found root() {
    return new Found(duplicate(root), "/", false, true);
  }

  /// What `path` leads to, or empty where nothing is there.
  ///
  /// @param follow whether a symbolic link at its end is followed
  public Optional<Found> find(String path, boolean follow) {
    return new Walk().run(path, follow);
  }

  /// Whether `path`, which is clean, lies in one of the mounts.
  public boolean isMounted(String path) {
    return mounts.stream()
        .map(Mount::target)
        .anyMatch(target -> path.equals(target) || path.startsWith(target + "/"));
  }

  /// What has the name `name` in `directory`, a symbolic link itself; empty where nothing has.
  public Optional<Found> child(Found directory, String name) {
    String path = directory.path().equals("/") ? "/" + name : directory.path() + "/" + name;
    for (Mount mount : mounts) {
      if (mount.target().equals(path)) {
        boolean readOnly = mount.readOnly() || directory.readOnly();
        return Optional.of(new Found(duplicate(mount.source()), path, readOnly, true));
      }
    }
    try {
      return Optional.of(open(directory, name, path));
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Found open(Found directory, String name, String path) {
    if (!crossing) {
      long flags = Open.PATH | Open.NOFOLLOW;
      long own = Kernel.tryOpenat2(directory.fd().number(), name, flags, 0, Open.RESOLVE_NO_XDEV);
      if (own != -Errno.EXDEV.number()) {
        Kernel.check(own, () -> "openat2(%s, \"%s\")".formatted(directory.fd(), name));
        return new Found(new Fd((int) own, name), path, directory.readOnly(), true);
      }
    }
    Fd fd = FileCalls.open(directory.fd(), name, Open.PATH, 0);
    return new Found(fd, path, directory.readOnly(), crossing);
  }

  /// The names in `directory`, in order, with those of mounts.
  public List<String> names(Found directory) {
    try (Fd readable = readable(directory, Open.DIRECTORY)) {
      var names = new TreeSet<>(FileCalls.names(readable));
      String prefix = directory.path().equals("/") ? "/" : directory.path() + "/";
      for (Mount mount : mounts) {
        String rest =
            mount.target().startsWith(prefix) ? mount.target().substring(prefix.length()) : "";
        if (!rest.isEmpty() && rest.indexOf('/') < 0) {
          names.add(rest);
        }
      }
      return List.copyOf(names);
    }
  }

  /// The same file, to be read. The kernel follows nothing but its own link to what is open.
  static Fd readable(Found file, int flags) {
    return Kernel.open(file.fd().magicLink().toString(), Open.RDONLY | Open.NONBLOCK | flags, 0);
  }

  private static Fd duplicate(Fd fd) {
    return new Fd(Kernel.open(fd.magicLink().toString(), Open.PATH, 0).number(), fd.name());
  }

  @Override
  public void close() {
    root.close();
    mounts.forEach(mount -> mount.source().close());
  }

  /// One walk along a path; the directories behind it stay open, since `..` goes back to them.
  private final class Walk {
    private final Deque<Found> behind = new ArrayDeque<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private Found here = root();
    private int links;

    Optional<Found> run(String path, boolean follow) {
      push(path);
      boolean directory = path.endsWith("/") || path.endsWith("/.");
      boolean arrived = false;
      try {
        while (!ahead.isEmpty()) {
          if (!step(ahead.pop(), follow || directory)) {
            return Optional.empty();
          }
        }
        arrived = !directory || here.isDirectory();
        return arrived ? Optional.of(here) : Optional.empty();
      } finally {
        behind.forEach(Found::close);
        if (!arrived) {
          here.close();
        }
      }
    }

    private void push(String path) {
      List<String> names = new ArrayList<>(List.of(path.split("/", -1)));
      for (String name : names.reversed()) {
        if (!name.isEmpty() && !name.equals(".")) {
          ahead.push(name);
        }
      }
    }

    private boolean step(String name, boolean follow) {
      if (name.equals("..")) {
        if (!behind.isEmpty()) {
          here.close();
          here = behind.pop();
        }
        return true;
      }
      if (behind.size() >= DEEPEST) {
        throw new DavitException(
            Kind.INVALID, "path with more than %d directories".formatted(DEEPEST));
      }
      Optional<Found> child = child(here, name);
      if (child.isEmpty()) {
        return false;
      }
      boolean last = ahead.isEmpty();
      if (child.get().stat().type() == Stat.SYMLINK && (follow || !last)) {
        try (Found link = child.get()) {
          follow(link);
        }
        return true;
      }
      behind.push(here);
      here = child.get();
      return true;
    }

    private void follow(Found link) {
      if (++links > MOST_LINKS) {
        throw new DavitException(
            Kind.INVALID, "\"%s\" leads to too many symbolic links".formatted(link.path()));
      }
      String target = FileCalls.readlink(link.fd(), "");
      if (target.startsWith("/")) {
        here.close();
        behind.forEach(Found::close);
        behind.clear();
        here = root();
      }
      push(target);
    }
  }
}
