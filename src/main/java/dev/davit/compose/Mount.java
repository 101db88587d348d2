package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Something mounted into a container.
///
/// @param source BIND: absolute host path; VOLUME: key of [Project#volumes], empty for an anonymous
///   volume; TMPFS: empty; IMAGE: a reference; CLUSTER and NPIPE: as written
/// @param target absolute, clean path inside the container
/// @param propagation `rprivate`, `private`, `rshared`, `shared`, `rslave` or `slave`
/// @param createHostPath BIND: whether a missing source becomes a directory
/// @param recursive BIND: what becomes of mounts below the source: `enabled`, `disabled`,
///   `writable` or `readonly`
/// @param noCopy VOLUME: whether a new volume stays empty instead of getting the image's files
/// @param subpath VOLUME, IMAGE: the part that is mounted instead of the whole
/// @param labels VOLUME: of an anonymous volume
public record Mount(
    Type type,
    String source,
    String target,
    boolean readOnly,
    Optional<String> propagation,
    boolean createHostPath,
    Optional<String> recursive,
    boolean noCopy,
    Optional<String> subpath,
    Map<String, String> labels,
    Tmpfs tmpfs) {

  public enum Type {
    BIND,
    VOLUME,
    TMPFS,
    IMAGE,
    CLUSTER,
    NPIPE
  }

  /// @param size bytes
  /// @param mode permission bits
  /// @param options what else stood in the `tmpfs` attribute, `noexec`, `uid=1000`…
  public record Tmpfs(OptionalLong size, OptionalInt mode, List<String> options) {
    public static final Tmpfs NONE =
        new Tmpfs(OptionalLong.empty(), OptionalInt.empty(), List.of());
  }
}
