package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import dev.davit.linux.Xattr;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Puts what a tar stream has into a directory of a tree. An entry can get nowhere else, whatever
/// it, the tree or somebody who exchanges files meanwhile says; a file is replaced as a whole.
public final class Unpacking {
  private static final int CHUNK = 256 * 1024;
  private static final int SET_ID = 06000;

  private final FileTree tree;
  private final Found top;
  private final Options options;
  private final TarInput in;
  // Times and modes of directories, which writing into them would change or forbid.
  private final Deque<Finish> directories = new ArrayDeque<>();
  private int drafts;

  private record Finish(String name, TarEntry entry) {}

  /// @param owner of what is unpacked
  /// @param followsLinks whether a directory on the way may be a symbolic link in the tree
  /// @param special whether device nodes are made and set-id bits kept; else the nodes are refused
  /// @param gives whether what is there gives way to what is of another type; a directory that is
  ///   there stays as it is
  public record Options(Owner owner, boolean followsLinks, boolean special, boolean gives) {
    /// Into a container: what it holds cannot leave it.
    public static Options container(Owner owner) {
      return new Options(owner, true, true, false);
    }

    /// Into a container that shall become like the host.
    public static Options alike(Owner owner) {
      return new Options(owner, true, true, true);
    }

    /// Onto the host, from a container that nobody trusts.
    public static Options host(Owner owner) {
      return new Options(owner, false, false, false);
    }
  }

  private Unpacking(FileTree tree, Found top, Options options, TarInput in) {
    this.tree = tree;
    this.top = top;
    this.options = options;
    this.in = in;
  }

  /// Reads `in` to the archive's end and puts everything into `directory` of `tree`.
  public static void unpack(FileTree tree, Found directory, InputStream in, Options options)
      throws IOException {
    var unpacking = new Unpacking(tree, directory, options, new TarInput(in));
    unpacking.run();
  }

  private void run() throws IOException {
    for (Optional<TarEntry> next = in.next(); next.isPresent(); next = in.next()) {
      List<String> names = names(next.get().name());
      if (!names.isEmpty()) {
        entry(names, next.get());
      }
    }
    for (Finish finish : directories) {
      finish(finish);
    }
  }

  private static List<String> names(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..") || name.indexOf('\0') >= 0) {
        throw TarInput.wrong("has an entry that leaves it: \"" + path + "\"");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  private void entry(List<String> names, TarEntry entry) throws IOException {
    String name = names.getLast();
    try (Found parent = parent(names.subList(0, names.size() - 1))) {
      if (parent.readOnly()) {
        throw new DavitException(
            Kind.DENIED, "\"%s\" is mounted read-only".formatted(parent.path()));
      }
      Optional<Integer> present = type(parent, name);
      if (entry.type() == Stat.DIRECTORY) {
        directory(parent, name, entry, present);
        return;
      }
      if (present.equals(Optional.of(Stat.DIRECTORY)) && options.gives()) {
        RemoveTree.removeButMounts(parent.fd(), name);
      } else if (present.equals(Optional.of(Stat.DIRECTORY))) {
        throw new DavitException(
            Kind.CONFLICT,
            "cannot overwrite directory \"%s\" with non-directory".formatted(entry.name()));
      }
      file(parent, name, entry);
    } catch (SyscallException e) {
      throw explained(e, entry);
    }
  }

  private static DavitException explained(SyscallException e, TarEntry entry) {
    return switch (e.errno()) {
      case EROFS ->
          new DavitException(
              Kind.DENIED, "\"%s\": the file system is read-only".formatted(entry.name()), null, e);
      case ENOSPC, EDQUOT ->
          new DavitException(
              Kind.UNAVAILABLE, "\"%s\": no space left".formatted(entry.name()), null, e);
      default -> e;
    };
  }

  private Optional<Integer> type(Found parent, String name) {
    Optional<Found> child = tree.child(parent, name);
    try {
      return child.map(found -> found.stat().type());
    } finally {
      child.ifPresent(Found::close);
    }
  }

  /// The directory of those names below the top, made where it is missing.
  private Found parent(List<String> names) {
    Found here = new Found(duplicate(top.fd()), top.path(), top.readOnly(), true);
    for (String name : names) {
      try (Found parent = here) {
        here = step(parent, name);
      }
    }
    return here;
  }

  private static Fd duplicate(Fd fd) {
    return Kernel.open(fd.magicLink().toString(), Open.PATH, 0);
  }

  private Found step(Found parent, String name) {
    Optional<Found> child = tree.child(parent, name);
    if (child.isEmpty()) {
      make(parent, name, 0755);
      child = tree.child(parent, name);
    }
    Found found =
        child.orElseThrow(
            () -> new DavitException(Kind.CONFLICT, "\"" + name + "\" vanished meanwhile"));
    if (found.isDirectory()) {
      return found;
    }
    boolean link = found.stat().type() == Stat.SYMLINK;
    String path = found.path();
    found.close();
    if (link && options.followsLinks()) {
      Optional<Found> target = tree.find(path, true).filter(Found::isDirectory);
      if (target.isPresent()) {
        return target.get();
      }
    }
    if (options.gives() && !RemoveTree.isMount(parent.fd(), name)) {
      FileCalls.unlink(parent.fd(), name);
      return step(parent, name);
    }
    throw new DavitException(
        Kind.CONFLICT,
        "cannot overwrite non-directory \"%s\" with directory".formatted(name),
        link ? "it is a symbolic link; remove it first" : null);
  }

  private static void make(Found parent, String name, int mode) {
    if (FileCalls.mkdir(parent.fd(), name, 0700)) {
      try (Fd made = FileCalls.open(parent.fd(), name, Open.RDONLY | Open.DIRECTORY, 0)) {
        FileCalls.chmod(made, mode);
      }
    }
  }

  private void directory(Found parent, String name, TarEntry entry, Optional<Integer> present) {
    if (present.isEmpty()) {
      FileCalls.mkdir(parent.fd(), name, 0700);
    }
    boolean ours = present.map(type -> type == Stat.DIRECTORY && !options.gives()).orElse(true);
    try (Found made = step(parent, name)) {
      if (made.isDirectory() && ours) {
        directories.push(new Finish(entry.name(), entry));
      }
    }
  }

  private void finish(Finish finish) {
    List<String> names = names(finish.name());
    try (Found parent = parent(names.subList(0, names.size() - 1));
        Found made = parent(names);
        Fd readable = FileTree.readable(made, Open.DIRECTORY)) {
      attributes(readable, finish.entry());
      if (made.path().endsWith("/" + names.getLast())) {
        Stat.Time time = finish.entry().time();
        FileCalls.times(parent.fd(), names.getLast(), time, time);
      }
    }
  }

  private void attributes(Fd fd, TarEntry entry) {
    // In this order: a change of owner takes set-id bits and capabilities away.
    switch (options.owner()) {
      case Owner.AsArchived() -> FileCalls.chown(fd, entry.uid(), entry.gid());
      case Owner.Of(int uid, int gid) -> FileCalls.chown(fd, uid, gid);
    }
    entry
        .attributes()
        .forEach(
            (name, value) -> {
              if (Attributes.travels(name) && (options.special() || name.startsWith("user."))) {
                long result = Xattr.trySet(fd, name, value);
                if (result != -Errno.EOPNOTSUPP.number()) {
                  Kernel.check(result, () -> "fsetxattr(%s, \"%s\")".formatted(fd, name));
                }
              }
            });
    FileCalls.chmod(fd, options.special() ? entry.mode() : entry.mode() & ~SET_ID);
  }

  // Made under another name first, so that the old file stays whole until the new one is.
  private void file(Found parent, String name, TarEntry entry) throws IOException {
    String draft = ".davit-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + drafts++;
    try {
      make(parent, draft, entry);
      rename(parent, draft, name);
    } catch (DavitException | IOException e) {
      FileCalls.unlink(parent.fd(), draft);
      throw e;
    }
  }

  private void make(Found parent, String draft, TarEntry entry) throws IOException {
    switch (entry.type()) {
      case Stat.REGULAR -> regular(parent, draft, entry);
      case Stat.SYMLINK -> {
        FileCalls.symlink(entry.link(), parent.fd(), draft);
        owner(parent, draft, entry);
      }
      case TarEntry.LINK -> link(parent, draft, entry);
      case Stat.FIFO, Stat.CHARACTER, Stat.BLOCK -> node(parent, draft, entry);
      default -> throw new IllegalArgumentException("type " + entry.type());
    }
    if (entry.type() != TarEntry.LINK) {
      FileCalls.times(parent.fd(), draft, entry.time(), entry.time());
    }
  }

  private void regular(Found parent, String draft, TarEntry entry) throws IOException {
    int create = Open.WRONLY | Open.CREAT | Open.EXCL;
    try (Fd to = FileCalls.open(parent.fd(), draft, create, 0600)) {
      content(to);
      attributes(to, entry);
    }
  }

  private void content(Fd to) throws IOException {
    byte[] buffer = new byte[CHUNK];
    for (int count = in.read(buffer, CHUNK); count >= 0; count = in.read(buffer, CHUNK)) {
      Kernel.write(to, count == CHUNK ? buffer : java.util.Arrays.copyOf(buffer, count));
    }
  }

  private void node(Found parent, String draft, TarEntry entry) {
    if (entry.type() != Stat.FIFO && !options.special()) {
      throw new DavitException(
          Kind.DENIED,
          "\"%s\" is a device node, which is not copied to the host".formatted(entry.name()),
          "make it with mknod if you need it");
    }
    FileCalls.mknod(parent.fd(), draft, entry.type() | (entry.mode() & 0777), entry.device());
    owner(parent, draft, entry);
    try (Fd made = FileCalls.open(parent.fd(), draft, Open.PATH, 0)) {
      // By its inode: the name may be another's by now. The umask has taken bits away.
      FileCalls.chmod(parent.fd(), made.magicLink().toString(), entry.mode() & 0777);
    }
  }

  private void owner(Found parent, String name, TarEntry entry) {
    try (Fd made = FileCalls.open(parent.fd(), name, Open.PATH, 0)) {
      switch (options.owner()) {
        case Owner.AsArchived() -> FileCalls.chown(made, entry.uid(), entry.gid());
        case Owner.Of(int uid, int gid) -> FileCalls.chown(made, uid, gid);
      }
    }
  }

  private void link(Found parent, String draft, TarEntry entry) {
    List<String> names = names(entry.link());
    if (names.isEmpty()) {
      throw TarInput.wrong("has a link to nothing: \"" + entry.name() + "\"");
    }
    try (Found from = parent(names.subList(0, names.size() - 1))) {
      FileCalls.link(from.fd(), names.getLast(), parent.fd(), draft);
    }
  }

  private void rename(Found parent, String draft, String name) {
    if (RemoveTree.isMount(parent.fd(), name)) {
      // Such as a config: only its content can change.
      overwrite(parent, draft, name);
    } else {
      FileCalls.rename(parent.fd(), draft, parent.fd(), name);
    }
  }

  private static void overwrite(Found parent, String draft, String name) {
    try (Fd from = FileCalls.open(parent.fd(), draft, Open.RDONLY, 0);
        Fd place = FileCalls.open(parent.fd(), name, Open.PATH, 0)) {
      if (Stat.of(place).type() != Stat.REGULAR || Stat.of(from).type() != Stat.REGULAR) {
        throw new DavitException(Kind.CONFLICT, "\"%s\" is a mount".formatted(name));
      }
      try (Fd to = Kernel.open(place.magicLink().toString(), Open.WRONLY | Open.TRUNC, 0)) {
        for (byte[] some = Kernel.read(from, CHUNK);
            some.length > 0;
            some = Kernel.read(from, CHUNK)) {
          Kernel.write(to, some);
        }
      }
    }
    RemoveTree.remove(parent.fd(), draft);
  }
}
