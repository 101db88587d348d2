package dev.davit.scan;

import dev.davit.archive.FileTree;
import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of an image. A symbolic link has the image's root as its root; only regular files are
/// opened.
final class ImageFiles {
  private static final int DEEPEST = 64;

  private final FileTree tree;
  private final List<String> notes = new ArrayList<>();

  ImageFiles(FileTree tree) {
    this.tree = tree;
  }

  /// What a reader does with an open file.
  @FunctionalInterface
  interface Use {
    /// @param path in the image
    void with(String path, FileChannel file) throws IOException;
  }

  /// What could not be read.
  List<String> notes() {
    return notes;
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /// The text of a file, empty where there is none; one of more than `limit` bytes is noted.
  String text(String path, int limit) {
    var text = new StringBuilder();
    open(
        path,
        limit,
        (_, file) -> {
          var bytes = java.nio.ByteBuffer.allocate((int) file.size());
          while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // goes on until all is read
          }
          text.append(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
        });
    return text.toString();
  }

  /// Opens a regular file of at most `limit` bytes and returns whether there was one.
  boolean open(String path, long limit, Use use) {
    Optional<Found> found = find(path);
    if (found.isEmpty()) {
      return false;
    }
    try (Found file = found.get()) {
      return open(file, limit, use);
    }
  }

  private Optional<Found> find(String path) {
    try {
      return tree.find(path, true);
    } catch (DavitException e) {
      // Such as links that lead in a circle.
      note("%s cannot be found: %s".formatted(path, e.getMessage()));
      return Optional.empty();
    }
  }

  private boolean open(Found file, long limit, Use use) {
    Stat stat = file.stat();
    if (stat.type() != Stat.REGULAR || !file.isEntered()) {
      return false;
    }
    if (stat.size() > limit) {
      note("%s has %d bytes and was not read".formatted(file.path(), stat.size()));
      return false;
    }
    // The kernel's own link to what is open: no name is looked up again.
    try (Fd readable = Kernel.open(file.fd().magicLink().toString(), Open.RDONLY, 0);
        var channel = FileChannel.open(readable.magicLink(), StandardOpenOption.READ)) {
      use.with(file.path(), channel);
      return true;
    } catch (IOException | RuntimeException e) {
      // Whoever made the image has made the file: nothing about it is an error of the scan.
      note("%s cannot be read: %s".formatted(file.path(), e.getMessage()));
      return false;
    }
  }

  /// The names in a directory; none where there is no such directory.
  List<String> names(String path) {
    Optional<Found> found = find(path);
    if (found.isEmpty()) {
      return List.of();
    }
    try (Found directory = found.get()) {
      return directory.isDirectory() ? tree.names(directory) : List.of();
    }
  }

  /// Opens all regular files whose names end so, symbolic links not followed.
  void each(List<String> endings, long limit, Use use) {
    try (Found root = tree.root()) {
      each(root, 0, endings, limit, use);
    }
  }

  private void each(Found directory, int depth, List<String> endings, long limit, Use use) {
    if (depth > DEEPEST) {
      note(directory.path() + " is nested too deep and was not looked into");
      return;
    }
    for (String name : tree.names(directory)) {
      Optional<Found> child = tree.child(directory, name);
      if (child.isEmpty()) {
        continue;
      }
      try (Found file = child.get()) {
        if (file.isDirectory() && file.isEntered()) {
          each(file, depth + 1, endings, limit, use);
        } else if (endings.stream().anyMatch(name::endsWith)) {
          open(file, limit, use);
        }
      }
    }
  }
}
