package dev.davit.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A path below /proc or /sys that a container finds empty.
///
/// @param directory whether it is a directory, which depends on the kernel and its modules
record Masked(String path, boolean directory) {
  /// Those of `paths` that this machine has. The others cannot be mounted over.
  static List<Masked> present(List<String> paths) {
    return paths.stream()
        .map(Path::of)
        .filter(Files::exists)
        .map(path -> new Masked(path.toString(), Files.isDirectory(path)))
        .toList();
  }
}
