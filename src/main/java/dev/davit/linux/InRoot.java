package dev.davit.linux;

import java.util.Optional;

/// Paths inside a container's root file system, whose content nobody trusts: each is resolved once,
/// by the kernel, with the container's root as `/` (openat2(2), `RESOLVE_IN_ROOT` and
/// `RESOLVE_NO_MAGICLINKS`), and used by descriptor from there on.
@SuppressWarnings("DoNotCallSuggester") // being written
public final class InRoot {
  private static final long RESOLVE = Open.RESOLVE_IN_ROOT | Open.RESOLVE_NO_MAGICLINKS;

  private InRoot() {}

  /// What `path` leads to, or empty where nothing is there. Symbolic links are followed inside
  /// `root` unless `flags` has [Open#NOFOLLOW].
  public static Optional<Fd> open(Fd root, String path, int flags) {
    long fd = Kernel.tryOpenat2(root.number(), path, flags, 0, RESOLVE);
    if (fd == -Errno.ENOENT.number() || fd == -Errno.ENOTDIR.number()) {
      return Optional.empty();
    }
    Kernel.check(fd, () -> "openat2(%s, \"%s\", %#x)".formatted(root, path, flags));
    return Optional.of(new Fd((int) fd, path));
  }

  /// The directory `path`, made with its parents where it is missing; the descriptor is `O_PATH`.
  public static Fd ensureDirectory(Fd root, String path, int mode) {
    throw new UnsupportedOperationException(root + path + mode);
  }

  /// The file `path`, made empty with its parents where it is missing; the descriptor is `O_PATH`
  /// and may be of any type but a directory.
  public static Fd ensureFile(Fd root, String path, int mode) {
    throw new UnsupportedOperationException(root + path + mode);
  }

  /// The regular file `path` as a whole, or empty where nothing is there. `INVALID` for anything
  /// that is no regular file or has more than `limit` bytes.
  public static Optional<byte[]> read(Fd root, String path, int limit) {
    throw new UnsupportedOperationException(root + path + limit);
  }
}
