package dev.davit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A tree of the host that something hostile points at. It is well as long as every file in it has
/// its content, owner, mode, links and times, and there is no other.
public final class CanaryTree {
  /// What only somebody who has read one of its files knows.
  public static final String SONG = "the-canary-is-alive";

  private final Path root;
  private final Map<String, String> before;

  private CanaryTree(Path root, Map<String, String> before) {
    this.root = root;
    this.before = before;
  }

  /// Makes `root` with a file, a link to it, and the same in [#directory].
  public static CanaryTree make(Path root) throws IOException {
    Path directory = Files.createDirectories(root.resolve("directory"));
    for (Path place : new Path[] {root, directory}) {
      Files.writeString(place.resolve("file"), SONG);
      Files.createSymbolicLink(place.resolve("link"), Path.of("file"));
    }
    return new CanaryTree(root, snapshot(root));
  }

  /// A directory in it.
  public Path directory() {
    return root.resolve("directory");
  }

  /// A file in that directory.
  public Path file() {
    return directory().resolve("file");
  }

  /// Fails, with that message, if anything is not as it was.
  public void check(String message) throws IOException {
    assertEquals(before, snapshot(root), message);
  }

  private static Map<String, String> snapshot(Path root) throws IOException {
    var paths = new ArrayList<Path>();
    try (Stream<Path> found = Files.walk(root)) {
      found.forEach(paths::add);
    }
    var files = new TreeMap<String, String>();
    for (Path path : paths) {
      var attributes =
          new TreeMap<>(Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
      attributes.remove("lastAccessTime");
      boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
      files.put(path.toString(), attributes + (regular ? Files.readString(path) : ""));
    }
    return files;
  }
}
