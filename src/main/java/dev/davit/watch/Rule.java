package dev.davit.watch;

import dev.davit.compose.Develop.Action;
import dev.davit.compose.Develop.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One entry of a service's `develop.watch`, its path resolved.
///
/// @param index of the entry in the service, from 0
/// @param root what is watched: absolute, without symbolic links
/// @param context where the patterns of the build's .dockerignore begin
/// @param ignored those patterns
public record Rule(
    String service, int index, Watch watch, String root, String context, Patterns ignored) {
  // What editors leave for a moment, and what git keeps for itself.
  private static final Patterns PASSING =
      Patterns.of(
          List.of(
              "**/.git",
              "**/.idea",
              "**/*___jb_tmp___",
              "**/*___jb_old___",
              "**/*~",
              "**/.*.sw[a-z]",
              "**/4913",
              "**/.#*",
              "**/#*#",
              "**/*.kate-swp",
              "**/*.go-tmp-umask",
              "**/.goutputstream-*",
              "**/.nfs*"));

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
        .filter(relative -> included(relative) && !isIgnored(path, relative))
        .map(relative -> new Mapping(root, path, target(relative)));
  }

  private boolean included(String relative) {
    return watch.include().isEmpty() || Patterns.of(watch.include()).matches(relative);
  }

  private boolean isIgnored(String path, String relative) {
    return PASSING.matches(relative)
        || Patterns.of(watch.ignore()).matches(relative)
        || relative(context, path).filter(ignored::matches).isPresent();
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
        .map(
            relative ->
                !PASSING.matchesAll(relative)
                    && !Patterns.of(watch.ignore()).matchesAll(relative)
                    && relative(context, path).filter(ignored::matchesAll).isEmpty())
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
