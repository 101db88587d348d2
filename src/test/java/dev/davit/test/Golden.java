package dev.davit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares text with a file below `src/test/resources/dev/davit`; `-Dgolden.update=true` rewrites
/// the file, and the diff is the review.
public final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/dev/davit");

  private Golden() {}

  /// @param name path below the root, `compose/unknown-key.txt`
  public static void check(String name, String actual) {
    check(ROOT.resolve(name), actual);
  }

  public static void check(Path file, String actual) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertEquals(Files.exists(file) ? Files.readString(file) : "", actual);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
