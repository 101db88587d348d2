package dev.davit.engine;

import dev.davit.engine.Container.Mount;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.runtime.MountSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Mounts of other images' files. What a container writes there lies beside its own writable layer
/// and goes with it; the image stays as it is.
final class ImageMounts {
  private final Means means;

  ImageMounts(Means means) {
    this.means = means;
  }

  /// The image that `config` names; `NOT_FOUND` where it is not here.
  Image require(MountConfig config) {
    return means.images().require(config.source().orElse(""));
  }

  /// The mount, made for one start; its descriptor is added to `opened`.
  MountSpec make(Life life, MountConfig config, Mount mount, List<Fd> opened) {
    Image image =
        means
            .images()
            .find(mount.source())
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "image \"%s\" of the mount at \"%s\" is gone"
                            .formatted(config.source().orElse(""), mount.target()),
                        "remove the container and create it again"));
    Path own =
        means
            .directories()
            .container(life.id())
            .resolve("images")
            .resolve(Content.of(mount.target()).digest());
    Fd rootfs = Rootfs.mount(image.lowerdirs(), directory(own, "upper"), directory(own, "work"));
    opened.add(rootfs);
    return spec(rootfs, config, mount, isFile(rootfs, config));
  }

  /// The mount with nothing made.
  static MountSpec imagine(MountConfig config, Mount mount) {
    return spec(Fd.placeholder(name(config)), config, mount, false);
  }

  private static MountSpec spec(Fd rootfs, MountConfig config, Mount mount, boolean file) {
    return new MountSpec.Made(
        rootfs, within(config), file, mount.target(), mount.readOnly(), name(config));
  }

  private static String name(MountConfig config) {
    return "image " + config.source().orElse("");
  }

  private static String within(MountConfig config) {
    return config.subpath().map(path -> path.replaceFirst("^/+", "")).orElse("");
  }

  private static boolean isFile(Fd rootfs, MountConfig config) {
    String within = within(config);
    try (Fd place =
        InRoot.open(rootfs, within.isEmpty() ? "." : within, Open.PATH)
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "\"%s\" is not in image \"%s\""
                            .formatted(within, config.source().orElse("")),
                        "look at the image for its paths"))) {
      return Stat.of(place).type() != Stat.DIRECTORY;
    }
  }

  private static Path directory(Path parent, String name) {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
