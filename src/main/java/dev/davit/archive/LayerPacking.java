package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Writes what overlayfs has written into its upper directory as a layer of an image: what takes
/// something away from the layers below has its form in archives.
public final class LayerPacking extends Packing {
  private static final Stat.Time NEVER = new Stat.Time(0, 0);

  private final FileTree image;
  private final Predicate<String> isMountPoint;
  private long entries;

  private LayerPacking(
      FileTree upper, FileTree image, TarOutput out, Predicate<String> isMountPoint) {
    super(upper, out);
    this.image = image;
    this.isMountPoint = isMountPoint;
  }

  /// Writes what is in `upper`, without its root.
  ///
  /// @param image what lies below it
  /// @param isMountPoint by path in the tree: what is only there for something to be mounted on it
  ///   is left out
  /// @return how many entries there are
  public static long pack(
      FileTree upper, FileTree image, Predicate<String> isMountPoint, OutputStream out)
      throws IOException {
    var tar = new TarOutput(out);
    var packing = new LayerPacking(upper, image, tar, isMountPoint);
    try (Found root = upper.root()) {
      packing.children(root, "");
    }
    tar.end();
    return packing.entries;
  }

  @Override
  void header(TarEntry entry) throws IOException {
    entries++;
    super.header(entry);
  }

  @Override
  void child(Found file, String name, int depth) throws IOException {
    if (isPlace(file)) {
      return;
    }
    int base = name.lastIndexOf('/') + 1;
    if (Overlay.isWhiteout(file.stat())) {
      header(marker(name.substring(0, base) + Overlay.WHITEOUT + name.substring(base)));
      return;
    }
    if (name.startsWith(Overlay.WHITEOUT, base)) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "file \"%s\" cannot be in a layer, where its name takes another file away"
              .formatted(file.path()),
          "remove or rename it first");
    }
    super.child(file, name, depth);
  }

  // A mount point, or a directory that is here for those in it alone.
  private boolean isPlace(Found file) {
    List<String> names = file.isDirectory() ? tree().names(file) : List.of();
    if (names.isEmpty()) {
      return isMountPoint.test(file.path());
    }
    return isAsInImage(file) && names.stream().allMatch(name -> isPlace(file, name));
  }

  private boolean isPlace(Found directory, String name) {
    Optional<Found> child = tree().child(directory, name);
    try {
      return child.map(this::isPlace).orElse(true);
    } finally {
      child.ifPresent(Found::close);
    }
  }

  private boolean isAsInImage(Found directory) {
    Optional<Found> before = image.find(directory.path(), false);
    try {
      return before.filter(it -> isAlike(it.stat(), directory.stat())).isPresent()
          && !Overlay.isOpaque(directory);
    } finally {
      before.ifPresent(Found::close);
    }
  }

  private static boolean isAlike(Stat one, Stat other) {
    return one.mode() == other.mode() && one.uid() == other.uid() && one.gid() == other.gid();
  }

  @Override
  void enter(Found directory, String prefix) throws IOException {
    if (Overlay.isOpaque(directory)) {
      header(marker(prefix + Overlay.OPAQUE));
    }
  }

  private static TarEntry marker(String name) {
    return new TarEntry(name, Stat.REGULAR, 0, 0, 0, 0, NEVER, "", 0, Map.of());
  }
}
