package dev.davit.archive;

import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.util.Map;

/// A directory of a layer that is being unpacked. When it is closed it has the time that the
/// archive gave it, whatever was put into it meanwhile.
final class LayerDirectory implements AutoCloseable {
  private static final int SET_GID = 02000;

  private final Fd fd;
  private final long inode;
  private boolean inherits;
  private Stat.Time time;

  /// @param fd open for reading
  LayerDirectory(Fd fd) {
    this.fd = fd;
    Stat stat = Stat.of(fd);
    this.inode = stat.inode();
    this.time = stat.mtime();
    this.inherits = (stat.mode() & SET_GID) != 0;
  }

  Fd fd() {
    return fd;
  }

  /// Whether what is made in it belongs to the directory's group at first.
  boolean inherits() {
    return inherits;
  }

  /// Becomes what `entry` says.
  void become(TarEntry entry) {
    become(fd, entry);
    inherits = (entry.mode() & SET_GID) != 0;
    time = entry.time();
  }

  /// It was not in the archive: nobody said what it is like.
  void becomeImplicit() {
    FileCalls.chown(fd, 0, 0);
    FileCalls.chmod(fd, 0755);
    time = new Stat.Time(0, 0);
  }

  boolean isSame(LayerDirectory other) {
    return inode == other.inode;
  }

  void makeOpaque() {
    Xattr.set(fd, Overlay.OPAQUE_ATTRIBUTE, new byte[] {'y'});
  }

  /// Gives what `fd` is open on the owner, attributes and mode of `entry`.
  static void become(Fd fd, TarEntry entry) {
    // In this order: a change of owner takes set-id bits and capabilities away.
    FileCalls.chown(fd, entry.uid(), entry.gid());
    attributes(fd, entry.attributes());
    FileCalls.chmod(fd, entry.mode());
  }

  static void attributes(Fd fd, Map<String, byte[]> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (Attributes.travels(name)) {
            long result = Xattr.trySet(fd, name, value);
            if (result != -Errno.EOPNOTSUPP.number()) {
              Kernel.check(result, () -> "fsetxattr(%s, \"%s\")".formatted(fd, name));
            }
          }
        });
  }

  /// Opens `name` in it, which must be a directory itself.
  LayerDirectory child(String name) {
    return new LayerDirectory(FileCalls.open(fd, name, Open.RDONLY | Open.DIRECTORY, 0));
  }

  @Override
  public void close() {
    FileCalls.times(fd, time);
    fd.close();
  }
}
