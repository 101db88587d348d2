package dev.davit.engine;

import dev.davit.cgroup.DeviceRule;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
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

/// The device nodes of the host: all of them, which a privileged container has too, or those that a
/// container asks for.
final class HostDevices extends SimpleFileVisitor<Path> {
  // File systems of their own in every container.
  private static final Set<Path> OWN =
      Set.of(Path.of("/dev/pts"), Path.of("/dev/shm"), Path.of("/dev/mqueue"));
  // inode(7)
  private static final int TYPE = 0xf000;
  private static final int CHARACTER = 0x2000;
  private static final int BLOCK = 0x6000;
  private static final int PERMISSIONS = 07777;

  private static final String DEV = "/dev/";

  private final List<Device> found = new ArrayList<>();
  private final Path source;
  private final String target;

  private HostDevices(Path source, String target) {
    this.source = source;
    this.target = target;
  }

  /// The devices that `nodes` name, where the container is to have them.
  static List<Device> of(List<ContainerConfig.Devices.Node> nodes) {
    return nodes.stream().flatMap(node -> of(node).stream()).toList();
  }

  private static List<Device> of(ContainerConfig.Devices.Node node) {
    Path target = Path.of(node.target()).normalize();
    if (!target.startsWith(DEV) || target.getNameCount() < 2) {
      throw refused(
          node.target(),
          Kind.UNSUPPORTED,
          "device \"%s\" is to be at \"%s\"".formatted(node.source(), node.target()),
          "name a place below /dev");
    }
    try {
      Path source = Path.of(node.source()).toRealPath();
      var devices = new HostDevices(source, target.toString());
      Files.walkFileTree(source, devices);
      if (devices.found.isEmpty()) {
        throw refused(
            node.target(),
            Kind.INVALID,
            "\"%s\" is no device".formatted(node.source()),
            "name a device, or mount it below volumes:");
      }
      return devices.found;
    } catch (IOException e) {
      throw refused(
          node.target(),
          Kind.NOT_FOUND,
          "device \"%s\" is not on this machine".formatted(node.source()),
          "plug it in, load its module, or leave it out");
    }
  }

  private static DavitException refused(String target, Kind kind, String what, String action) {
    return new DavitException(kind, what, action).about(new Culprit(Part.DEVICE, target));
  }

  /// What a container with that configuration may open: the usual, its devices, its own rules.
  static List<DeviceRule> rules(ContainerConfig config) {
    var rules = new ArrayList<>(DeviceRule.DEFAULTS);
    for (ContainerConfig.Devices.Node node : config.resources().devices().nodes()) {
      for (Device device : of(node)) {
        char type = device.block() ? 'b' : 'c';
        rules.add(new DeviceRule(type, device.major(), device.minor(), node.permissions()));
      }
    }
    rules.addAll(config.resources().devices().rules());
    return rules;
  }

  /// The numbers, `8:0`, of the block device at `path`.
  static String numbers(String path) {
    try {
      Map<String, Object> unix = Files.readAttributes(Path.of(path), "unix:mode,rdev");
      if (((Integer) value(unix, "mode") & TYPE) == BLOCK) {
        long rdev = (Long) value(unix, "rdev");
        return major(rdev) + ":" + minor(rdev);
      }
    } catch (IOException _) {
      // told below
    }
    throw new DavitException(
            Kind.NOT_FOUND,
            "block device \"%s\" is not on this machine".formatted(path),
            "lsblk lists those that are")
        .about(new Culprit(Part.LIMIT, "blockIo"));
  }

  /// All of them but those that each container has of its own.
  static List<Device> list() {
    var devices = new HostDevices(Path.of("/dev"), "/dev");
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
    if (attributes.isOther() && !isOwn(place(file))) {
      Map<String, Object> unix =
          Files.readAttributes(file, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) value(unix, "mode");
      int type = mode & TYPE;
      if (type == CHARACTER || type == BLOCK) {
        long rdev = (Long) value(unix, "rdev");
        found.add(
            new Device(
                place(file),
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

  private String place(Path file) {
    return file.equals(source) ? target : target + "/" + source.relativize(file);
  }

  private static boolean isOwn(String place) {
    return OF_CONTAINER.contains(place);
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
