package dev.davit.watch;

import dev.davit.compose.Develop.Watch;
import java.util.List;

/// Which files below a rule's root it is about.
///
/// @param include none means all
/// @param context where the patterns of the build's .dockerignore begin
/// @param outside those patterns
record Filter(Patterns include, Patterns ignore, String context, Patterns outside) {
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

  static Filter of(Watch watch, String context, Patterns outside) {
    return new Filter(Patterns.of(watch.include()), Patterns.of(watch.ignore()), context, outside);
  }

  /// @param relative `path` as seen from the root
  boolean takes(String path, String relative) {
    return (include.isEmpty() || include.matches(relative))
        && !PASSING.matches(relative)
        && !ignore.matches(relative)
        && Rule.relative(context, path).filter(outside::matches).isEmpty();
  }

  /// Whether it may take something in the directory `path`.
  boolean enters(String path, String relative) {
    return !PASSING.matchesAll(relative)
        && !ignore.matchesAll(relative)
        && Rule.relative(context, path).filter(outside::matchesAll).isEmpty();
  }
}
