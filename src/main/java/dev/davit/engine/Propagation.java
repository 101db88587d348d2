package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.MountFlag;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Whether mounts pass between the host and a container below a bind mount (mount_namespaces(7));
/// pure.
final class Propagation {
  private Propagation() {}

  /// What `word` means: with and without `r` all mounts of the source are meant, since they are all
  /// bound.
  static MountFlag parse(String word, String target) {
    return switch (word) {
      case "private", "rprivate", "" -> MountFlag.PRIVATE;
      case "shared", "rshared" -> MountFlag.SHARED;
      case "slave", "rslave" -> MountFlag.SLAVE;
      default ->
          throw new DavitException(
              Kind.INVALID,
              "propagation \"%s\" of the mount at \"%s\"".formatted(word, target),
              "write private, shared or slave, or one of them with an r before it");
    };
  }

  /// Throws unless the host's mount on which `source` lies, a real path, passes on what is asked
  /// for: else it would silently do nothing.
  ///
  /// @param mountinfo lines of proc_pid_mountinfo(5)
  static void check(MountFlag wanted, Path source, List<String> mountinfo) {
    if (wanted == MountFlag.PRIVATE) {
      return;
    }
    String[] mount = new String[0];
    for (String line : mountinfo) {
      String[] fields = line.split(" ", -1);
      // Of two at one place the later one is seen.
      if (source.startsWith(point(fields))
          && (mount.length == 0 || point(fields).startsWith(point(mount)))) {
        mount = fields;
      }
    }
    boolean shared = tagged(mount, "shared:");
    if (!shared && !(wanted == MountFlag.SLAVE && tagged(mount, "master:"))) {
      throw new DavitException(
          Kind.INVALID,
          "bind source \"%s\" lies on the mount at \"%s\", which is not %s"
              .formatted(
                  source, point(mount), wanted == MountFlag.SHARED ? "shared" : "shared or slave"),
          "mount --make-rshared " + point(mount) + ", or leave the propagation out");
    }
  }

  private static Path point(String[] fields) {
    return Path.of(fields.length > 4 ? fields[4].replace("\\040", " ") : "/");
  }

  private static boolean tagged(String[] fields, String tag) {
    return Arrays.stream(fields)
        .skip(6)
        .takeWhile(field -> !field.equals("-"))
        .anyMatch(field -> field.startsWith(tag));
  }
}
