package dev.davit.runtime;

import static dev.davit.program.Calls.*;

import dev.davit.linux.Errno;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Mounts that lie in other mounts: their places cannot be made before the outer one is there.
final class Nesting {
  private Nesting() {}

  /// The mount of `all` in which `inner` lies, the nearest one.
  static Optional<MountSpec> outer(MountSpec inner, List<MountSpec> all) {
    return all.stream()
        .filter(mount -> inner.destination().startsWith(mount.destination() + "/"))
        .max(Comparator.comparingInt(mount -> mount.destination().length()));
  }

  /// Makes the places of those mounts that lie in the new, empty file system `outer`, where the
  /// child stands; names are safe there.
  ///
  /// @param trees of the binds among `all`, in their order
  static List<Step> places(String outer, List<MountSpec> all, List<Opened.Tree> trees) {
    var steps = new ArrayList<Step>();
    var sources = trees.iterator();
    for (MountSpec mount : all) {
      boolean file =
          switch (mount) {
            case MountSpec.Bind _ -> sources.next().file();
            case MountSpec.Held _, MountSpec.Tmpfs _, MountSpec.Made _ -> mount.isFile();
          };
      boolean within = mount.destination().startsWith(outer + "/");
      String nearest = outer(mount, all).map(MountSpec::destination).orElse("");
      if (within && nearest.length() <= outer.length()) {
        steps.addAll(place(mount.destination().substring(outer.length() + 1), file));
      }
    }
    return steps;
  }

  private static List<Step> place(String path, boolean file) {
    var steps = new ArrayList<Step>();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      steps.add(directory(path.substring(0, slash)));
    }
    steps.add(
        file ? mkfile(path).tolerating(Errno.EEXIST).because("a mount point") : directory(path));
    return steps;
  }

  private static Step directory(String path) {
    return mkdir(path).tolerating(Errno.EEXIST).because("a mount point");
  }
}
