package dev.davit.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One mount as it is asked for.
///
/// @param source host path of a bind, name of a volume; empty for tmpfs and an anonymous volume
/// @param target absolute path in the container
/// @param propagation `rprivate`, `private`, `rshared`, `shared`, `rslave`, `slave`
/// @param createHostPath make the missing source of a bind as a directory, else it is an error
/// @param noCopy leave a new volume empty, else it gets what the image has at `target`
/// @param size bytes of a tmpfs
/// @param mode permission bits of a tmpfs
/// @param options of a tmpfs beside those: `exec`, `uid=1000`, as mount(8) and tmpfs(5) have them
public record MountConfig(
    Type type,
    Optional<String> source,
    String target,
    boolean readOnly,
    String propagation,
    boolean createHostPath,
    boolean noCopy,
    OptionalLong size,
    OptionalInt mode,
    List<String> options) {

  public MountConfig {
    options = List.copyOf(options);
  }

  public enum Type {
    BIND,
    VOLUME,
    TMPFS
  }

  public static MountConfig bind(String source, String target) {
    return of(Type.BIND, Optional.of(source), target);
  }

  public static MountConfig volume(String name, String target) {
    return of(Type.VOLUME, Optional.of(name), target);
  }

  /// A volume with a name of its own, which goes with the container if that is asked for.
  public static MountConfig anonymous(String target) {
    return of(Type.VOLUME, Optional.empty(), target);
  }

  public static MountConfig tmpfs(String target) {
    return of(Type.TMPFS, Optional.empty(), target);
  }

  public MountConfig withReadOnly(boolean readOnly) {
    return new MountConfig(
        type, source, target, readOnly, propagation, createHostPath, noCopy, size, mode, options);
  }

  private static MountConfig of(Type type, Optional<String> source, String target) {
    return new MountConfig(
        type,
        source,
        target,
        false,
        "rprivate",
        true,
        false,
        OptionalLong.empty(),
        OptionalInt.empty(),
        List.of());
  }
}
