package dev.davit.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What happens while somebody works on a service's sources.
public record Develop(List<Watch> watch) {

  /// @param path absolute
  /// @param target path in the container that `path` is copied to; empty where nothing is
  /// @param ignore patterns as in .dockerignore
  /// @param include patterns as in .dockerignore; none means all
  /// @param initialSync whether everything is copied at the beginning
  public record Watch(
      Path path,
      Action action,
      String target,
      List<String> ignore,
      List<String> include,
      Optional<Hook> exec,
      boolean initialSync) {}

  /// What a change is followed by.
  public enum Action {
    REBUILD,
    SYNC,
    RESTART,
    SYNC_RESTART,
    SYNC_EXEC
  }
}
