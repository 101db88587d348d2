package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.RemoveTree;
import java.util.Optional;

/// Takes something out of a tree. What is mounted in there stays.
public final class Removal {
  private Removal() {}

  /// Removes `path`, which is absolute, with all below it; a symbolic link at its end by itself. It
  /// is no error if nothing is there.
  public static void remove(FileTree tree, String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new DavitException(Kind.INVALID, "\"%s\" cannot be removed".formatted(path));
    }
    Optional<Found> found = tree.find(path.substring(0, slash + 1), true);
    if (found.isEmpty()) {
      return;
    }
    try (Found parent = found.get()) {
      if (parent.readOnly()) {
        throw new DavitException(
            Kind.DENIED, "\"%s\" is mounted read-only".formatted(parent.path()));
      }
      RemoveTree.removeButMounts(parent.fd(), name);
    }
  }
}
