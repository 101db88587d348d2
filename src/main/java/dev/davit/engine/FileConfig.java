package dev.davit.engine;

import java.util.Optional;

/// A secret or config as a container is given it: a file that lies in memory.
///
/// @param name for messages, `secret "token"`
/// @param path of the host's file that is read at each start; empty: the content is handed over
/// @param origin where a content that is handed over comes from, `variable "TOKEN"`
/// @param content that content; not in the engine's files and not in its answers
/// @param mode permission bits
public record FileConfig(
    String name,
    Optional<String> path,
    String origin,
    Optional<Content> content,
    int uid,
    int gid,
    int mode) {

  FileConfig withoutContent() {
    return new FileConfig(name, path, origin, Optional.empty(), uid, gid, mode);
  }
}
