package dev.davit.engine;

import dev.davit.runtime.Device;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The device nodes of the host, which a privileged container has too.
final class HostDevices extends SimpleFileVisitor<Path> {
  // File systems of their own in every container.
  private static final Set<Path> OWN =
      Set.of(Path.of("/dev/pts"), Path.of("/dev/shm"), Path.of("/dev/mqueue"));
  // inode(7)
  private static final int TYPE = 0xf000;
  private static final int CHARACTER = 0x2000;
  private static final int BLOCK = 0x6000;
  private static final int PERMISSIONS = 07777;

  private final List<Device> found = new ArrayList<>();

  private HostDevices() {}

  /// All of them but those that each container has of its own.
  static List<Device> list() {
    var devices = new HostDevices();
    try {
      Files.walkFileTree(Path.of("/dev"), devices);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return devices.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return OWN.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isOther() && !isOwn(file)) {
      Map<String, Object> unix =
          Files.readAttributes(file, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) value(unix, "mode");
      int type = mode & TYPE;
      if (type == CHARACTER || type == BLOCK) {
        long rdev = (Long) value(unix, "rdev");
        found.add(
            new Device(
                file.toString(),
                type == BLOCK,
                major(rdev),
                minor(rdev),
                mode & PERMISSIONS,
                (Integer) value(unix, "uid"),
                (Integer) value(unix, "gid")));
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException error) {
    // It was unplugged under the walk.
    return FileVisitResult.CONTINUE;
  }

  private static Object value(Map<String, Object> attributes, String name) {
    return java.util.Objects.requireNonNull(attributes.get(name));
  }

  private static boolean isOwn(Path file) {
    return OF_CONTAINER.contains(file.toString());
  }

  private static final Set<String> OF_CONTAINER =
      Set.of(
          "/dev/null",
          "/dev/zero",
          "/dev/full",
          "/dev/random",
          "/dev/urandom",
          "/dev/tty",
          "/dev/ptmx",
          "/dev/console");

  // makedev(3)
  private static int major(long device) {
    return (int) (((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfff));
  }

  private static int minor(long device) {
    return (int) ((device & 0xff) | ((device >>> 12) & ~0xff));
  }
}
