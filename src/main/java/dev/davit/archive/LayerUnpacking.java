package dev.davit.archive;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.FileOutput;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the tar stream of an image's layer into an empty directory as overlayfs takes it: whiteouts
/// are character devices 0/0, opaque directories have an attribute. Symbolic links that are met on
/// the way have that directory as their root; nothing is ever made elsewhere.
public final class LayerUnpacking implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;
  // A use holds two at once; each has to be among the latest until then.
  private static final int MOST_OPEN = 64;
  private static final int MOST_IMPLICIT = 100_000;
  private static final long RESOLVE =
      Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_MAGICLINKS | Open.RESOLVE_NO_XDEV;

  private final Fd root;
  private final TarInput in;
  private final Limits limits;
  private final FileOutput out = new FileOutput(CHUNK);
  private final byte[] buffer = new byte[CHUNK];
  // By path, the latest used ones.
  private final Map<String, LayerDirectory> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> implicit = new LinkedHashSet<>();
  private boolean hidesBelow;
  private long bytes;
  private long entries;

  /// How much a layer may unpack to before it is taken for an attack.
  public record Limits(long bytes, long entries) {}

  /// What came out.
  ///
  /// @param hidesBelow whether nothing of the layers below shows through
  /// @param implicit directories that the archive only led through, parents first
  /// @param bytes in regular files, without holes
  public record Unpacked(boolean hidesBelow, List<String> implicit, long bytes, long entries) {
    public Unpacked {
      implicit = List.copyOf(implicit);
    }
  }

  private LayerUnpacking(Fd root, InputStream tar, Limits limits) {
    this.root = root;
    this.in = new TarInput(tar);
    this.limits = limits;
  }

  /// Reads `tar` to the archive's end.
  ///
  /// @param root open for reading, empty
  public static Unpacked unpack(Fd root, InputStream tar, Limits limits) throws IOException {
    try (var unpacking = new LayerUnpacking(root, tar, limits)) {
      unpacking.run();
      return new Unpacked(
          unpacking.hidesBelow,
          List.copyOf(unpacking.implicit),
          unpacking.bytes,
          unpacking.entries);
    }
  }

  private void run() throws IOException {
    for (Optional<TarEntry> next = in.next(); next.isPresent(); next = in.next()) {
      TarEntry entry = next.get();
      if (++entries > limits.entries()) {
        throw TarInput.wrong("has more than %d entries".formatted(limits.entries()));
      }
      try {
        entry(names(entry.name()), entry);
      } catch (SyscallException e) {
        throw explained(e, entry);
      }
    }
  }

  // The names of the way, `..` taken for what it says; none for the root itself.
  private static List<String> names(String path) {
    if (path.indexOf('\0') >= 0) {
      throw TarInput.wrong("has a zero byte in a name");
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (!name.equals("..")) {
        if (!name.isEmpty() && !name.equals(".")) {
          names.addLast(name);
        }
      } else if (names.pollLast() == null) {
        throw TarInput.wrong("has an entry that leaves it: \"" + brief(path) + "\"");
      }
    }
    return List.copyOf(names);
  }

  private static String brief(String path) {
    return path.length() > 120 ? path.substring(0, 120) + "…" : path;
  }

  private void entry(List<String> names, TarEntry entry) throws IOException {
    if (names.isEmpty()) {
      // The root of every container is 0755 and root's, as with docker.
      if (entry.type() != Stat.DIRECTORY) {
        throw TarInput.wrong("has something that is no directory for its root");
      }
      return;
    }
    List<String> parents = names.subList(0, names.size() - 1);
    String name = names.getLast();
    if (names.stream()
        .anyMatch(each -> each.startsWith(Overlay.META) && !each.equals(Overlay.OPAQUE))) {
      return; // what aufs kept for itself
    }
    if (parents.stream().anyMatch(each -> each.startsWith(Overlay.WHITEOUT))) {
      throw TarInput.wrong("has an entry in a whiteout: \"" + brief(entry.name()) + "\"");
    }
    if (name.equals(Overlay.OPAQUE)) {
      opaque(parents);
    } else if (name.startsWith(Overlay.WHITEOUT)) {
      whiteout(parents, name.substring(Overlay.WHITEOUT.length()));
    } else {
      make(parents, name, entry);
    }
  }

  private void opaque(List<String> names) {
    if (names.isEmpty()) {
      hidesBelow = true;
    } else {
      directory(names).makeOpaque();
    }
  }

  private void whiteout(List<String> parents, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw TarInput.wrong("has a whiteout of \"" + name + "\"");
    }
    LayerDirectory parent = directory(parents);
    Optional<Stat> present = stat(parent, name);
    if (present.isEmpty()) {
      FileCalls.mknod(parent.fd(), name, Stat.CHARACTER, 0);
    } else if (present.get().type() == Stat.DIRECTORY) {
      // It hides what lies below, not what this layer has.
      directory(joined(parents, name)).makeOpaque();
    }
  }

  private void make(List<String> parents, String name, TarEntry entry) throws IOException {
    LayerDirectory parent = directory(parents);
    switch (entry.type()) {
      case Stat.DIRECTORY -> makeDirectory(parent, parents, name).become(entry);
      case Stat.REGULAR -> regular(parent, parents, name, entry);
      case TarEntry.LINK -> link(parent, parents, name, entry);
      case Stat.SYMLINK -> {
        replacing(parent, parents, name, () -> FileCalls.symlink(entry.link(), parent.fd(), name));
        owner(parent, name, entry);
        FileCalls.times(parent.fd(), name, entry.time(), entry.time());
      }
      case Stat.FIFO, Stat.CHARACTER, Stat.BLOCK -> {
        replacing(
            parent,
            parents,
            name,
            () -> FileCalls.mknod(parent.fd(), name, entry.type(), entry.device()));
        owner(parent, name, entry);
        FileCalls.chmod(parent.fd(), name, entry.mode());
        FileCalls.times(parent.fd(), name, entry.time(), entry.time());
      }
      default -> throw new IllegalArgumentException("type " + entry.type());
    }
  }

  private static void owner(LayerDirectory parent, String name, TarEntry entry) {
    if (parent.inherits() || entry.uid() != 0 || entry.gid() != 0) {
      FileCalls.chown(parent.fd(), name, entry.uid(), entry.gid());
    }
  }

  // Nearly always nothing is there: so that is tried first.
  private void replacing(LayerDirectory parent, List<String> parents, String name, Runnable make) {
    try {
      make.run();
    } catch (SyscallException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      remove(parent, joined(parents, name));
      make.run();
    }
  }

  private void remove(LayerDirectory parent, List<String> names) {
    RemoveTree.remove(parent.fd(), names.getLast());
    String path = String.join("/", names);
    implicit.removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
    // What was open may have been reached by another path.
    open.values()
        .removeIf(
            directory -> {
              boolean isGone = Stat.of(directory.fd()).links() == 0;
              if (isGone) {
                directory.close();
              }
              return isGone;
            });
  }

  private LayerDirectory makeDirectory(LayerDirectory parent, List<String> parents, String name) {
    List<String> names = joined(parents, name);
    if (!FileCalls.mkdir(parent.fd(), name, 0700)) {
      Stat present = stat(parent, name).orElseThrow();
      if (present.type() != Stat.DIRECTORY) {
        remove(parent, names);
        FileCalls.mkdir(parent.fd(), name, 0700);
        LayerDirectory made = directory(names);
        if (isWhiteout(present)) {
          made.makeOpaque();
        }
        return made;
      }
    }
    implicit.remove(String.join("/", names));
    return directory(names);
  }

  private void regular(LayerDirectory parent, List<String> parents, String name, TarEntry entry)
      throws IOException {
    int create = Open.WRONLY | Open.CREAT | Open.EXCL;
    var made = new Fd[1];
    replacing(
        parent, parents, name, () -> made[0] = FileCalls.open(parent.fd(), name, create, 0600));
    try (Fd to = made[0]) {
      content(to, entry);
      if (parent.inherits() || entry.uid() != 0 || entry.gid() != 0) {
        FileCalls.chown(to, entry.uid(), entry.gid());
      }
      LayerDirectory.attributes(to, entry.attributes());
      FileCalls.chmod(to, entry.mode());
      FileCalls.times(to, entry.time());
    }
  }

  private void content(Fd to, TarEntry entry) throws IOException {
    if (entry.size() > limits.bytes() - bytes) {
      throw TarInput.wrong("unpacks to more than %d bytes".formatted(limits.bytes()));
    }
    bytes += entry.size();
    boolean sparse = false;
    int count = 0;
    while (count >= 0) {
      long hole = in.hole();
      if (hole > 0) {
        FileOutput.skip(to, hole);
        in.skipHole();
        sparse = true;
      }
      count = in.read(buffer, CHUNK);
      if (count > 0) {
        out.write(to, buffer, count);
      }
    }
    if (sparse) {
      FileOutput.truncate(to, entry.size());
    }
  }

  private void link(LayerDirectory parent, List<String> parents, String name, TarEntry entry) {
    List<String> target = names(entry.link());
    if (target.isEmpty()) {
      throw TarInput.wrong("has a link to its root: \"" + brief(entry.name()) + "\"");
    }
    if (target.equals(joined(parents, name))) {
      throw TarInput.wrong("has a link to itself: \"" + brief(entry.name()) + "\"");
    }
    LayerDirectory from = existing(target.subList(0, target.size() - 1), entry);
    replacing(
        parent,
        parents,
        name,
        () -> FileCalls.link(from.fd(), target.getLast(), parent.fd(), name));
  }

  private LayerDirectory existing(List<String> names, TarEntry entry) {
    return find(names)
        .orElseThrow(
            () ->
                TarInput.wrong("has a link to what is not in it: \"" + brief(entry.link()) + "\""));
  }

  private static Optional<Stat> stat(LayerDirectory parent, String name) {
    try (Fd file = FileCalls.open(parent.fd(), name, Open.PATH, 0)) {
      return Optional.of(Stat.of(file));
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isWhiteout(Stat stat) {
    return stat.type() == Stat.CHARACTER && stat.rdev() == 0;
  }

  private static List<String> joined(List<String> parents, String name) {
    var names = new ArrayList<>(parents);
    names.add(name);
    return names;
  }

  /// The directory of those names, made where it is missing; open until many others were.
  private LayerDirectory directory(List<String> names) {
    Optional<LayerDirectory> found = find(names);
    if (found.isPresent()) {
      return found.get();
    }
    String name = names.getLast();
    LayerDirectory parent = directory(names.subList(0, names.size() - 1));
    if (!FileCalls.mkdir(parent.fd(), name, 0755)) {
      Stat present = stat(parent, name).orElseThrow();
      if (!isWhiteout(present)) {
        throw TarInput.wrong(
            "has entries below what is no directory: \"" + brief(String.join("/", names)) + "\"");
      }
      FileCalls.unlink(parent.fd(), name);
      FileCalls.mkdir(parent.fd(), name, 0755);
      try (LayerDirectory made = parent.child(name)) {
        made.makeOpaque();
      }
    }
    try (LayerDirectory made = parent.child(name)) {
      made.becomeImplicit();
    }
    implicit.add(String.join("/", names));
    if (implicit.size() > MOST_IMPLICIT) {
      throw TarInput.wrong("leads through more than %d directories".formatted(MOST_IMPLICIT));
    }
    return find(names).orElseThrow();
  }

  private Optional<LayerDirectory> find(List<String> names) {
    String path = String.join("/", names);
    LayerDirectory known = open.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    long flags = Open.RDONLY | Open.DIRECTORY;
    String below = path.isEmpty() ? "." : path;
    long fd = Kernel.tryOpenat2(root.number(), below, flags, 0, RESOLVE);
    if (fd == -Errno.ENOENT.number() || fd == -Errno.ENOTDIR.number()) {
      return Optional.empty();
    }
    Kernel.check(fd, () -> "openat2(%s, \"%s\")".formatted(root, brief(below)));
    var found = new LayerDirectory(new Fd((int) fd, below));
    // By a symbolic link two paths lead to one directory, whose time two would give it.
    for (LayerDirectory other : open.values()) {
      if (other.isSame(found)) {
        found.fd().close();
        return Optional.of(other);
      }
    }
    open.put(path, found);
    if (open.size() > MOST_OPEN) {
      var oldest = open.entrySet().iterator();
      LayerDirectory closed = oldest.next().getValue();
      oldest.remove();
      closed.close();
    }
    return Optional.of(found);
  }

  private static DavitException explained(SyscallException e, TarEntry entry) {
    String name = brief(entry.name());
    return switch (e.errno()) {
      case ENOSPC, EDQUOT ->
          new DavitException(
              Kind.UNAVAILABLE, "\"%s\": no space left".formatted(name), "free some space", e);
      case ENAMETOOLONG,
          ELOOP,
          ENOTDIR,
          EEXIST,
          ENOENT,
          EPERM,
          EINVAL,
          EFBIG,
          EMLINK,
          E2BIG,
          ERANGE,
          EXDEV ->
          new DavitException(
              Kind.INVALID,
              "tar archive has an entry that cannot be: \"%s\": %s".formatted(name, e.getMessage()),
              null,
              e);
      default -> e;
    };
  }

  @Override
  public void close() {
    open.values().forEach(LayerDirectory::close);
    open.clear();
    out.close();
  }
}
