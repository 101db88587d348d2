package dev.davit.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The content store of one data directory.
public final class Store {
  private final Blobs blobs;
  private final Holds holds = new Holds();

  private Store(Path directory) {
    blobs = new Blobs(directory.resolve("blobs"));
  }

  /// The store in `directory`, which is made where it is missing. Only root may look into it: files
  /// of images may be set-id.
  public static Store open(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Store(directory);
  }

  public Blobs blobs() {
    return blobs;
  }

  /// Keeps everything in the store, referenced or not, until it is closed: whoever puts an image
  /// together holds one meanwhile.
  public Hold hold() {
    return holds.open();
  }
}
