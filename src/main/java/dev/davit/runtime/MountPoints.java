package dev.davit.runtime;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import java.util.List;

/// Makes the places in the image that a container's mounts need and the image lacks.
final class MountPoints {
  /// Where the kernel's own file systems lie.
  static final List<String> KERNEL = List.of("proc", "dev", "sys");

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
    try (Fd place =
        mount.isFile()
            ? InRoot.ensureFile(rootfs, mount.destination(), 0644)
            : InRoot.ensureDirectory(rootfs, mount.destination(), 0755)) {
      check(mount.destination(), InRoot.path(place));
    }
  }

  // The kernel refuses most of them as well (EXDEV), but cannot say whose place it was.
  private static void check(String destination, String place) {
    if (place.equals("/") || belowKernels(place)) {
      throw new DavitException(
          Kind.INVALID,
          "mount target \"%s\" leads to \"%s\" by a link of the image"
              .formatted(destination, place),
          "mount at \"%s\" itself, if that is meant".formatted(place));
    }
  }

  /// Whether the place is, or lies on, a file system that does not exist before the child has made
  /// it.
  static boolean belowKernels(String destination) {
    return KERNEL.stream()
        .anyMatch(
            place -> destination.equals("/" + place) || destination.startsWith("/" + place + "/"));
  }
}
