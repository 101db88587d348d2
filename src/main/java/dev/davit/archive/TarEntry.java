package dev.davit.archive;

import dev.davit.linux.Stat;
import java.util.Map;

/// One header of a tar stream. Names are as [dev.davit.linux.FileCalls] has them: bytes that are no
/// UTF-8 come through unharmed.
///
/// @param name as it stands there; that of a directory ends with a slash when it is written
/// @param type one of [Stat]'s types; [#LINK] for another name of a file before it
/// @param mode permissions with set-id and sticky bits
/// @param size bytes that follow
/// @param link where a symbolic link leads, or the name that a [#LINK] means
/// @param device as `rdev` of [Stat]
/// @param attributes extended attributes, xattr(7)
record TarEntry(
    String name,
    int type,
    int mode,
    int uid,
    int gid,
    long size,
    Stat.Time time,
    String link,
    long device,
    Map<String, byte[]> attributes) {
  /// A hard link.
  static final int LINK = 1;

  TarEntry {
    attributes = Map.copyOf(attributes);
  }
}
