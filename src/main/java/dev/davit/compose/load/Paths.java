package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import java.nio.file.Path;

/// Phase: paths on the host become absolute; they are relative to the project directory, `~` is the
/// caller's home.
final class Paths {
  private Paths() {}

  static Mapping apply(Mapping tree, Context context) {
    String home = context.environment().getOrDefault("HOME", "/root");
    return Schema.withPaths(tree, path -> absolute(path, context.directory(), home));
  }

  private static String absolute(String text, Path directory, String home) {
    boolean inHome = text.equals("~") || text.startsWith("~/");
    String path = inHome ? home + text.substring(1) : text;
    return directory.resolve(Path.of(path)).normalize().toString();
  }
}
