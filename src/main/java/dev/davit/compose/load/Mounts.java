package dev.davit.compose.load;

import dev.davit.compose.text.Bytes;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.VolumeText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;

/// `volumes` and `tmpfs` of a service.
final class Mounts {
  private static final Shape TMPFS_PATH = Shapes.checked("a path", Mounts::tmpfs);
  static final Shape TMPFS = Shapes.either(TMPFS_PATH, Shapes.listOf(TMPFS_PATH));

  private Mounts() {}

  /// `PATH[:OPTIONS]`, the options those of tmpfs(5).
  private static void tmpfs(String text) {
    String[] parts = text.split(":", 2);
    if (!parts[0].startsWith("/")) {
      throw MalformedException.invalid(Code.INVALID_MOUNT, "tmpfs", text, "begin the path with /");
    }
    for (String option : parts.length == 1 ? new String[0] : parts[1].split(",", -1)) {
      if (option.startsWith("size=") && !option.endsWith("%")) {
        Bytes.parse(option.substring("size=".length()));
      } else if (option.startsWith("mode=")) {
        Numbers.octal(option.substring("mode=".length()));
      }
    }
  }

  /// The short form becomes the long one.
  static Node canonical(TreePath path, Node node) {
    return node instanceof Scalar scalar
        ? longForm(VolumeText.parse(scalar.text()), scalar.place())
        : node;
  }

  private static Mapping longForm(VolumeText volume, Place place) {
    Mapping mount =
        Mapping.empty(place).with("type", Scalar.text(volume.bind() ? "bind" : "volume", place));
    if (!volume.source().isEmpty()) {
      mount = mount.with("source", Scalar.text(volume.source(), place));
    }
    mount = mount.with("target", Scalar.text(volume.target(), place));
    if (volume.readOnly()) {
      mount = mount.with("read_only", Scalar.bool(true, place));
    }
    return volume.bind()
        ? mount.with("bind", bind(volume, place))
        : mount.with("volume", volumeOptions(volume, place));
  }

  private static Mapping bind(VolumeText volume, Place place) {
    Mapping bind = Mapping.empty(place);
    if (volume.propagation().isPresent()) {
      bind = bind.with("propagation", Scalar.text(volume.propagation().get(), place));
    }
    if (volume.selinux().isPresent()) {
      bind = bind.with("selinux", Scalar.text(volume.selinux().get(), place));
    }
    return bind;
  }

  private static Mapping volumeOptions(VolumeText volume, Place place) {
    Mapping options = Mapping.empty(place);
    return volume.noCopy() ? options.with("nocopy", Scalar.bool(true, place)) : options;
  }
}
