package dev.davit.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// One mount as it is asked for. Start from a factory and replace the parts that differ.
///
/// @param source host path of a bind, name of a volume, reference of an image, another container;
///   empty for tmpfs, an anonymous volume and a file
/// @param target absolute path in the container
/// @param subpath the part of a volume or image that is mounted instead of the whole
/// @param noCopy leave a new volume empty, else it gets what the image has at `target`
/// @param labels of an anonymous volume
/// @param file what a file is made of; for that type only
public record MountConfig(
    Type type,
    Optional<String> source,
    String target,
    boolean readOnly,
    Bind bind,
    Optional<String> subpath,
    boolean noCopy,
    Map<String, String> labels,
    Tmpfs tmpfs,
    Optional<FileConfig> file) {

  public MountConfig {
    labels = Map.copyOf(labels);
  }

  public enum Type {
    BIND,
    VOLUME,
    TMPFS,
    IMAGE,
    FILE,
    /// All volumes and binds of another container; what its own mounts leave of them.
    CONTAINER
  }

  /// @param propagation `rprivate`, `private`, `rshared`, `shared`, `rslave`, `slave`
  /// @param createSource make the missing source as a directory, else it is an error
  /// @param recursive what becomes of mounts below the source
  public record Bind(String propagation, boolean createSource, Recursive recursive) {
    public static final Bind DEFAULT = new Bind("rprivate", true, Recursive.ENABLED);

    public Bind withPropagation(String propagation) {
      return new Bind(propagation, createSource, recursive);
    }
  }

  public enum Recursive {
    /// They come with it, read-only as it is where the kernel can.
    ENABLED,
    /// They stay behind.
    DISABLED,
    /// They come with it and can be written even where it is read-only.
    WRITABLE,
    /// They come with it and are read-only; an error where the kernel cannot.
    READONLY
  }

  /// @param size bytes
  /// @param mode permission bits
  /// @param options beside those: `exec`, `uid=1000`, as mount(8) and tmpfs(5) have them
  public record Tmpfs(OptionalLong size, OptionalInt mode, List<String> options) {
    public static final Tmpfs DEFAULT =
        new Tmpfs(OptionalLong.empty(), OptionalInt.empty(), List.of());

    public Tmpfs {
      options = List.copyOf(options);
    }
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

  /// What another image has; what is written there stays with the container.
  public static MountConfig image(String reference, String target) {
    return of(Type.IMAGE, Optional.of(reference), target);
  }

  /// The volumes and binds of another container, at the same places.
  public static MountConfig container(String ref, boolean readOnly) {
    return of(Type.CONTAINER, Optional.of(ref), "").withReadOnly(readOnly);
  }

  /// A file in memory, read-only.
  public static MountConfig file(FileConfig file, String target) {
    MountConfig mount = of(Type.FILE, Optional.empty(), target).withReadOnly(true);
    return mount.with(Optional.of(file));
  }

  public MountConfig withReadOnly(boolean readOnly) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  public MountConfig withSource(String source) {
    return new MountConfig(
        type, Optional.of(source), target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  public MountConfig withBind(Bind bind) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  public MountConfig withTmpfs(Tmpfs tmpfs) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  public MountConfig withSubpath(Optional<String> subpath) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  /// @param noCopy leave a new volume empty
  /// @param labels of an anonymous volume
  public MountConfig withVolume(boolean noCopy, Map<String, String> labels) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  /// With `change` made to its file, if it has one.
  MountConfig withFile(UnaryOperator<FileConfig> change) {
    return with(file.map(change));
  }

  private MountConfig with(Optional<FileConfig> file) {
    return new MountConfig(
        type, source, target, readOnly, bind, subpath, noCopy, labels, tmpfs, file);
  }

  private static MountConfig of(Type type, Optional<String> source, String target) {
    return new MountConfig(
        type,
        source,
        target,
        false,
        Bind.DEFAULT,
        Optional.empty(),
        false,
        Map.of(),
        Tmpfs.DEFAULT,
        Optional.empty());
  }
}
