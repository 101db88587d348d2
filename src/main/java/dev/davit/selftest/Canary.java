package dev.davit.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files of the host that an image points at: no container may read or change them, or put others
/// beside them.
final class Canary {
  /// What only somebody who has read the file knows.
  static final String SONG = "davit-selftest-canary";

  private final Path directory;

  Canary(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  Path directory() {
    return directory;
  }

  Path file() {
    return directory.resolve("file");
  }

  void put() {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(file(), SONG);
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What has happened to them, a sentence each; then they are as before.
  List<String> harm() {
    var harm = new ArrayList<String>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(it -> !it.equals(file()))
          .forEach(it -> harm.add("\"" + it + "\" was made on the host"));
      String now = Files.exists(file()) ? Files.readString(file()) : "";
      if (!now.equals(SONG)) {
        harm.add("a file of the host was written");
      } else if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))
          .equals("rw-------")) {
        harm.add("the mode of a file of the host was changed");
      }
      put();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return harm;
  }

  void remove() {
    try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
