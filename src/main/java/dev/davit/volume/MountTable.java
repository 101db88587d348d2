package dev.davit.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is mounted where, as /proc/self/mountinfo tells.
final class MountTable {
  private MountTable() {}

  /// Whether something is mounted at `place`.
  static boolean has(Path place) {
    try {
      Path real = place.toRealPath();
      // Names of volumes and data directories are mostly ASCII; the others come as their bytes.
      return Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8).stream()
          .map(line -> line.split(" ", 6)[4])
          .anyMatch(target -> unescape(target).equals(real.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // proc_pid_mountinfo(5): blanks and the like are three octal digits.
  private static String unescape(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }
}
