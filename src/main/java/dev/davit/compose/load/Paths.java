package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.text.RemoteName;
import dev.davit.compose.tree.Mapping;
import java.nio.file.Path;

/// Paths on the host as files write them: relative to a directory, `~` is the caller's home.
record Paths(Path directory, String home) {

  static Paths of(Context context) {
    return from(context.directory(), context);
  }

  static Paths from(Path directory, Context context) {
    return new Paths(directory, context.environment().getOrDefault("HOME", "/root"));
  }

  /// Phase: paths on the host become absolute; they are relative to the project directory.
  static Mapping apply(Mapping tree, Context context) {
    return of(context).in(tree);
  }

  /// A tree whose paths are relative to this directory becomes one whose paths are relative to
  /// whatever this directory is relative to.
  Mapping in(Mapping tree) {
    return Schema.withPaths(
        tree, path -> RemoteName.isArtifact(path) ? path : resolve(path).toString());
  }

  Path resolve(String text) {
    boolean inHome = text.equals("~") || text.startsWith("~/");
    return directory.resolve(Path.of(inHome ? home + text.substring(1) : text)).normalize();
  }
}
