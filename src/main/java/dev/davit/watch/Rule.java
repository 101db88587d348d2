package dev.davit.watch;

import dev.davit.compose.Develop.Action;
import dev.davit.compose.Develop.Watch;
import java.nio.file.Path;
import java.util.Optional;

/// One entry of a service's `develop.watch`, its path resolved.
///
/// @param index of the entry in the service, from 0
/// @param root what is watched: absolute, without symbolic links
public record Rule(String service, int index, Watch watch, String root, Filter filter) {

  /// @param context where the patterns of the build's .dockerignore begin
  /// @param outside those patterns
  static Rule of(
      String service, int index, Watch watch, String root, String context, Patterns outside) {
    return new Rule(service, index, watch, root, Filter.of(watch, context, outside));
  }

  /// Where a change goes.
  ///
  /// @param path on the host, below the rule's root or it itself
  /// @param target in the container, absolute; empty where nothing is copied
  public record Mapping(String root, String path, String target) {
    /// `path` relative to the root; empty for the root itself.
    public String relative() {
      return Rule.relative(root, path).orElseThrow();
    }
  }

  public Action action() {
    return watch.action();
  }

  public boolean syncs() {
    return switch (action()) {
      case SYNC, SYNC_RESTART, SYNC_EXEC -> true;
      case RESTART, REBUILD -> false;
    };
  }

  /// What a change of `path` means to this rule; empty where nothing.
  public Optional<Mapping> mapping(String path) {
    return relative(root, path)
        .filter(relative -> filter.takes(path, relative))
        .map(relative -> new Mapping(root, path, target(relative)));
  }

  private String target(String relative) {
    if (!syncs()) {
      return "";
    }
    String target = Path.of("/").resolve(watch.target()).normalize().toString();
    return relative.isEmpty() ? target : (target.equals("/") ? "" : target) + "/" + relative;
  }

  /// Whether something in the directory `path` may mean something to this rule.
  public boolean enters(String path) {
    return relative(root, path)
        .map(relative -> filter.enters(path, relative))
        .orElse(relative(path, root).isPresent());
  }

  static Optional<String> relative(String directory, String path) {
    if (path.equals(directory)) {
      return Optional.of("");
    }
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    return path.startsWith(prefix)
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }
}
