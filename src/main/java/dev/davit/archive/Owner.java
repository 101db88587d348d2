package dev.davit.archive;

/// Whose the files that come out of an archive are.
public sealed interface Owner {
  /// Those that the archive says.
  record AsArchived() implements Owner {}

  /// All of one.
  record Of(int uid, int gid) implements Owner {}
}
