package dev.davit.runtime;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import java.util.List;

/// Makes the places in the image that a container's mounts need and the image lacks.
final class MountPoints {
  private static final List<String> KERNEL = List.of("proc", "dev", "sys");

  private MountPoints() {}

  static void ensure(Fd rootfs, ContainerSpec spec) {
    for (String place : KERNEL) {
      InRoot.ensureDirectory(rootfs, place, 0755).close();
    }
    for (MountSpec mount : spec.mounts()) {
      if (belowKernels(mount.destination()) || Nesting.outer(mount, spec.mounts()).isPresent()) {
        continue;
      }
      try {
        ensure(rootfs, mount);
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.destination()));
      }
    }
  }

  private static void ensure(Fd rootfs, MountSpec mount) {
    if (mount.isFile()) {
      InRoot.ensureFile(rootfs, mount.destination(), 0644).close();
    } else {
      InRoot.ensureDirectory(rootfs, mount.destination(), 0755).close();
    }
  }

  /// Whether the place lies on a file system that does not exist before the child has mounted it.
  private static boolean belowKernels(String destination) {
    return KERNEL.stream().anyMatch(place -> destination.startsWith("/" + place + "/"));
  }
}
