package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.linux.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a container has changed in its image: the difference that the upper directory of an overlay
/// is.
public final class Changes {
  private final FileTree upper;
  private final FileTree image;
  private final List<Change> changes = new ArrayList<>();

  /// @param path absolute in the container
  public record Change(Type type, String path) {}

  /// As docker writes and numbers them.
  public enum Type {
    C,
    A,
    D
  }

  private Changes(FileTree upper, FileTree image) {
    this.upper = upper;
    this.image = image;
  }

  /// In the order of paths.
  ///
  /// @param upper what the container has written
  /// @param image what lies below it
  public static List<Change> of(FileTree upper, FileTree image) {
    var changes = new Changes(upper, image);
    try (Found top = upper.root()) {
      changes.directory(top, false);
    }
    return changes.changes;
  }

  // Where the directory itself is new, so is all in it.
  private void directory(Found directory, boolean isNew) {
    for (String name : upper.names(directory)) {
      Optional<Found> child = upper.child(directory, name);
      if (child.isPresent()) {
        try (Found file = child.get()) {
          file(file, isNew);
        }
      }
    }
  }

  private void file(Found file, boolean parentIsNew) {
    Optional<Stat> before = parentIsNew ? Optional.empty() : before(file.path());
    Stat stat = file.stat();
    if (Overlay.isWhiteout(stat)) {
      if (before.isPresent()) {
        changes.add(new Change(Type.D, file.path()));
      }
      return;
    }
    changes.add(new Change(before.isPresent() ? Type.C : Type.A, file.path()));
    if (stat.type() == Stat.DIRECTORY) {
      boolean hides = before.isPresent() && Overlay.isOpaque(file);
      if (hides) {
        removed(file);
      }
      directory(file, before.isEmpty() || before.get().type() != Stat.DIRECTORY);
    }
  }

  // What an opaque directory hides and does not have again.
  private void removed(Found directory) {
    Optional<Found> below = image.find(directory.path(), false);
    if (below.isEmpty()) {
      return;
    }
    try (Found old = below.get()) {
      if (old.isDirectory()) {
        List<String> present = upper.names(directory);
        image.names(old).stream()
            .filter(name -> !present.contains(name))
            .forEach(name -> changes.add(new Change(Type.D, directory.path() + "/" + name)));
      }
    }
  }

  private Optional<Stat> before(String path) {
    Optional<Found> found = image.find(path, false);
    try {
      return found.map(Found::stat);
    } finally {
      found.ifPresent(Found::close);
    }
  }
}
