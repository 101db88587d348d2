package dev.davit.compose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Something mounted into a container.
///
/// @param source BIND: absolute host path; VOLUME: key of [Project#volumes], empty for an anonymous
///   volume; TMPFS: empty
/// @param target absolute, clean path inside the container
/// @param propagation `rprivate`, `private`, `rshared`, `shared`, `rslave` or `slave`
/// @param createHostPath BIND: whether a missing source becomes a directory
/// @param noCopy VOLUME: whether a new volume stays empty instead of getting the image's files
public record Mount(
    Type type,
    String source,
    String target,
    boolean readOnly,
    Optional<String> propagation,
    boolean createHostPath,
    boolean noCopy,
    Tmpfs tmpfs) {

  public enum Type {
    BIND,
    VOLUME,
    TMPFS
  }

  /// @param size bytes
  /// @param mode permission bits
  /// @param options what else stood in the `tmpfs` attribute, `noexec`, `uid=1000`…
  public record Tmpfs(OptionalLong size, OptionalInt mode, List<String> options) {
    public static final Tmpfs NONE =
        new Tmpfs(OptionalLong.empty(), OptionalInt.empty(), List.of());
  }
}
