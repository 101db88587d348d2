package dev.davit.linux;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Paths inside a container's root file system, whose content nobody trusts: each is resolved once,
/// by the kernel, with the container's root as `/` (openat2(2), `RESOLVE_IN_ROOT` and
/// `RESOLVE_NO_MAGICLINKS`), and used by descriptor from there on.
public final class InRoot {
  private static final long RESOLVE = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_MAGICLINKS;
  private static final int CHILD = Open.PATH | Open.NOFOLLOW;

  private static final Fd HERE = new Fd(Fd.AT_FDCWD, ".");

  private InRoot() {}

  /// What `path` leads to, or empty where nothing is there. Symbolic links are followed inside
  /// `root` unless `flags` has [Open#NOFOLLOW].
  public static Optional<Fd> open(Fd root, String path, int flags) {
    long fd = Kernel.tryOpenat2(root.number(), path, flags, 0, RESOLVE);
    if (fd == -Errno.ENOENT.number()) {
      return Optional.empty();
    }
    Kernel.check(fd, () -> "openat2(%s, \"%s\", %#x)".formatted(root, path, flags));
    return Optional.of(new Fd((int) fd, path));
  }

  /// The directory `path`, made with its parents where it is missing; the descriptor is `O_PATH`.
  public static Fd ensureDirectory(Fd root, String path, int mode) {
    Path normal = Path.of("/").resolve(path).normalize();
    int depth = normal.getNameCount();
    Optional<Fd> found = openDirectory(root, normal.toString());
    while (found.isEmpty()) {
      depth--;
      found = openDirectory(root, depth == 0 ? "/" : "/" + normal.subpath(0, depth));
    }
    Fd current = found.get();
    for (; depth < normal.getNameCount(); depth++) {
      try (var parent = current) {
        current = makeDirectory(parent, normal.getName(depth).toString(), mode);
      }
    }
    return new Fd(current.number(), path);
  }

  private static Optional<Fd> openDirectory(Fd root, String path) {
    return open(root, path, Open.PATH | Open.DIRECTORY);
  }

  private static Fd makeDirectory(Fd parent, String name, int mode) {
    boolean made = FileCalls.mkdir(parent, name, mode);
    int flags = Open.DIRECTORY | Open.NOFOLLOW | (made ? Open.RDONLY : Open.PATH);
    Fd child = Kernel.openat2(parent, name, flags, 0, Open.RESOLVE_NO_SYMLINKS);
    if (made) {
      // The umask may have taken bits away.
      FileCalls.chmod(child, mode);
    }
    return child;
  }

  /// The file `path`, made empty with its parents where it is missing; the descriptor is `O_PATH`.
  /// `INVALID` where a directory is there.
  public static Fd ensureFile(Fd root, String path, int mode) {
    Path normal = Path.of("/").resolve(path).normalize();
    Optional<Fd> found = open(root, normal.toString(), Open.PATH);
    Fd file = found.isPresent() ? found.get() : makeFile(root, normal, mode);
    if (Stat.of(file).type() == Stat.DIRECTORY) {
      file.close();
      throw new DavitException(Kind.INVALID, "\"%s\" is a directory in the image".formatted(path));
    }
    return new Fd(file.number(), path);
  }

  private static Fd makeFile(Fd root, Path path, int mode) {
    String name = String.valueOf(path.getFileName());
    int flags = Open.WRONLY | Open.CREAT | Open.EXCL | Open.NOFOLLOW;
    try (var parent = ensureDirectory(root, String.valueOf(path.getParent()), 0x1ed);
        var made = Kernel.openat(parent.number(), name, flags, mode)) {
      FileCalls.chmod(made, mode);
      return Kernel.openat2(parent, name, CHILD, 0, Open.RESOLVE_NO_SYMLINKS);
    }
  }

  /// The regular file `path` as a whole, or empty where nothing is there. `INVALID` for anything
  /// that is no regular file or has more than `limit` bytes.
  public static Optional<byte[]> read(Fd root, String path, int limit) {
    Optional<Fd> found = open(root, path, Open.PATH);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    // Looked at before it is opened: opening a FIFO waits, opening a device may do anything.
    try (var file = found.get()) {
      var stat = Stat.of(file);
      if (stat.type() != Stat.REGULAR) {
        throw unfit(path, "is no regular file");
      }
      if (stat.size() > limit) {
        throw unfit(path, "has more than %d bytes".formatted(limit));
      }
      try (var readable = Kernel.open(file.magicLink().toString(), Open.RDONLY, 0)) {
        return Optional.of(readAll(readable, path, limit));
      }
    }
  }

  private static byte[] readAll(Fd file, String path, int limit) {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      byte[] some = Kernel.read(file, 64 * 1024);
      if (some.length == 0) {
        return bytes.toByteArray();
      }
      bytes.writeBytes(some);
      if (bytes.size() > limit) {
        throw unfit(path, "has more than %d bytes".formatted(limit));
      }
    }
  }

  /// Where `place` lies in the detached mount that it was opened in: an absolute path without
  /// links, for people and for comparisons, not to be opened.
  public static String path(Fd place) {
    return FileCalls.readlink(HERE, place.magicLink().toString());
  }

  private static DavitException unfit(String path, String why) {
    return new DavitException(Kind.INVALID, "\"%s\" of the image %s".formatted(path, why));
  }
}
