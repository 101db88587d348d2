package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.MountConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;

/// A container that replaces another gets its anonymous volumes, else their data would be lost.
final class Inheritance {
  private Inheritance() {}

  /// `wanted` with the anonymous volumes of `old` where both have one at the same path.
  ///
  /// @param ofImage paths at which the image has a volume
  static ContainerConfig volumes(
      ContainerConfig wanted, Container old, Collection<String> ofImage) {
    var mounts = new ArrayList<MountConfig>();
    for (MountConfig mount : wanted.mounts()) {
      mounts.add(
          mount.type() == MountConfig.Type.VOLUME && mount.source().isEmpty()
              ? named(old, mount.target()).map(name -> withSource(mount, name)).orElse(mount)
              : mount);
    }
    for (String target : ofImage) {
      if (mounts.stream().noneMatch(mount -> mount.target().equals(target))) {
        named(old, target).ifPresent(name -> mounts.add(MountConfig.volume(name, target)));
      }
    }
    return wanted.withMounts(mounts);
  }

  private static MountConfig withSource(MountConfig mount, String name) {
    return mount.withSource(name);
  }

  private static Optional<String> named(Container old, String target) {
    return old.mounts().stream()
        .filter(mount -> mount.type() == MountConfig.Type.VOLUME && mount.target().equals(target))
        .map(Container.Mount::source)
        .findFirst();
  }
}
