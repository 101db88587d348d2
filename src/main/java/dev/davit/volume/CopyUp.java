package dev.davit.volume;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Stat;
import dev.davit.linux.Syscall;
import dev.davit.linux.Xattr;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Fills a new volume with what the image has at its mount point.
public final class CopyUp {
  private static final int DEEPEST = 256;
  private static final int SENDFILE_MAX = 1 << 30;

  private record Inode(long dev, long number) {}

  private final Fd top;
  // Where a file of several names was copied to, relative to the top.
  private final Map<Inode, String> copied = new HashMap<>();

  private CopyUp(Fd top) {
    this.top = top;
  }

  /// Copies the directory `path` of `rootfs` into `volumeData` with owners, modes, times, links and
  /// extended attributes, and gives the volume's root the owner and mode of that directory. Does
  /// nothing if the volume is not empty or the image has no such directory. Devices and sockets are
  /// left out. The volume is filled as a whole or not at all: its directory is replaced, so open it
  /// afterwards.
  public static void copy(Fd rootfs, String path, Path volumeData) {
    Optional<Fd> found = InRoot.open(rootfs, path, Open.PATH);
    if (found.isEmpty()) {
      return;
    }
    String name = String.valueOf(volumeData.getFileName());
    try (var place = found.get();
        var parent = directory(String.valueOf(volumeData.getParent()));
        var volume = FileCalls.open(parent, name, Open.RDONLY | Open.DIRECTORY, 0)) {
      if (Stat.of(place).type() != Stat.DIRECTORY || !FileCalls.names(volume).isEmpty()) {
        return;
      }
      try (var source = directory(place.magicLink().toString())) {
        fill(source, parent, name);
      }
    }
  }

  private static Fd directory(String path) {
    return Kernel.open(path, Open.RDONLY | Open.DIRECTORY, 0);
  }

  // A half-filled volume would be taken for a filled one at the next start: the copy is made beside
  // it and replaces the empty directory when it is whole.
  private static void fill(Fd source, Fd parent, String name) {
    String draft = ".copy-" + name;
    RemoveTree.remove(parent, draft);
    FileCalls.mkdir(parent, draft, 0x1c0);
    try (var top = FileCalls.open(parent, draft, Open.RDONLY | Open.DIRECTORY, 0)) {
      new CopyUp(top).copyDirectory(source, top, "");
      finish(source, top, parent, draft);
      FileCalls.rename(parent, draft, parent, name);
    } catch (DavitException e) {
      RemoveTree.remove(parent, draft);
      throw e;
    }
  }

  private void copyDirectory(Fd source, Fd target, String path) {
    if (path.chars().filter(c -> c == '/').count() > DEEPEST) {
      throw new DavitException(
          Kind.INVALID, "directories of the image are nested more than %d deep".formatted(DEEPEST));
    }
    for (String name : FileCalls.names(source)) {
      try (var file = FileCalls.open(source, name, Open.PATH, 0)) {
        var stat = Stat.of(file);
        switch (stat.type()) {
          case Stat.DIRECTORY -> copyChild(source, target, name, path);
          case Stat.REGULAR -> copyFile(source, target, name, path);
          case Stat.SYMLINK -> {
            FileCalls.symlink(FileCalls.readlink(source, name), target, name);
            finishUnopened(stat, target, name);
          }
          case Stat.FIFO -> {
            FileCalls.mknod(target, name, Stat.FIFO | stat.permissions(), 0);
            FileCalls.chmod(target, name, stat.permissions());
            finishUnopened(stat, target, name);
          }
          default -> {}
        }
      }
    }
  }

  private void copyChild(Fd source, Fd target, String name, String path) {
    FileCalls.mkdir(target, name, 0x1c0);
    try (var from = FileCalls.open(source, name, Open.RDONLY | Open.DIRECTORY, 0);
        var to = FileCalls.open(target, name, Open.RDONLY | Open.DIRECTORY, 0)) {
      copyDirectory(from, to, path + name + "/");
      finish(from, to, target, name);
    }
  }

  private void copyFile(Fd source, Fd target, String name, String path) {
    try (var from = FileCalls.open(source, name, Open.RDONLY | Open.NONBLOCK, 0)) {
      var stat = Stat.of(from);
      if (stat.links() > 1) {
        String first = copied.putIfAbsent(new Inode(stat.dev(), stat.inode()), path + name);
        if (first != null) {
          FileCalls.link(top, first, target, name);
          return;
        }
      }
      int create = Open.WRONLY | Open.CREAT | Open.EXCL;
      try (var to = FileCalls.open(target, name, create, 0x180)) {
        send(from, to);
        finish(from, to, target, name);
      }
    }
  }

  private static void send(Fd from, Fd to) {
    long sent;
    do {
      sent = Kernel.call(Syscall.SENDFILE, to.number(), from.number(), 0, SENDFILE_MAX);
    } while (sent > 0);
  }

  // In this order: a change of owner takes set-id bits and capabilities away.
  private static void finish(Fd from, Fd to, Fd parent, String name) {
    var stat = Stat.of(from);
    FileCalls.chown(to, stat.uid(), stat.gid());
    for (String attribute : Xattr.list(from)) {
      if (!attribute.startsWith("trusted.overlay.")) {
        copyAttribute(from, to, attribute);
      }
    }
    FileCalls.chmod(to, stat.permissions());
    FileCalls.times(parent, name, stat.atime(), stat.mtime());
  }

  private static void copyAttribute(Fd from, Fd to, String attribute) {
    long result = Xattr.trySet(to, attribute, Xattr.get(from, attribute));
    if (result != -Errno.EOPNOTSUPP.number()) {
      Kernel.check(result, () -> "fsetxattr(%s, \"%s\", …)".formatted(to, attribute));
    }
  }

  private static void finishUnopened(Stat stat, Fd parent, String name) {
    try (var made = FileCalls.open(parent, name, Open.PATH, 0)) {
      FileCalls.chown(made, stat.uid(), stat.gid());
    }
    FileCalls.times(parent, name, stat.atime(), stat.mtime());
  }
}
