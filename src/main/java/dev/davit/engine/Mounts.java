package dev.davit.engine;

import dev.davit.engine.Container.Mount;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Image;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.runtime.MountSpec;
import dev.davit.volume.CopyUp;
import dev.davit.volume.Volume;
import dev.davit.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Makes the sources of a container's mounts and says what is mounted where.
final class Mounts {
  private final Volumes volumes;
  // Two containers may start with the same new volume.
  private final ReentrantLock copying = new ReentrantLock();

  Mounts(Volumes volumes) {
    this.volumes = volumes;
  }

  /// The mounts of `life`, outer ones first; what their sources need is made. `files` are bound at
  /// their keys unless the container's file mounts something else there.
  List<MountSpec> prepare(Life life, Image image, Map<String, Path> files, Fd rootfs) {
    Map<String, MountSpec> byTarget = new TreeMap<>();
    image
        .hostBinds()
        .forEach(
            path -> byTarget.put(path.toString(), MountSpec.Bind.of(path, path.toString(), true)));
    files.forEach((target, file) -> byTarget.put(target, MountSpec.Bind.of(file, target, false)));
    boolean first = life.state().startedAt().isEmpty();
    for (Mount mount : life.definition().mounts()) {
      MountConfig config = config(life, mount);
      byTarget.put(
          mount.target(), spec(config, mount, first ? Optional.of(rootfs) : Optional.empty()));
    }
    List<MountSpec> specs =
        byTarget.values().stream()
            .sorted(Comparator.comparingInt(spec -> Path.of(spec.destination()).getNameCount()))
            .toList();
    specs.forEach(spec -> nest(spec, specs));
    return specs;
  }

  private static MountConfig config(Life life, Mount mount) {
    return life.config().mounts().stream()
        .filter(config -> normal(config.target()).equals(mount.target()))
        .findFirst()
        .orElse(MountConfig.volume(mount.source(), mount.target()));
  }

  private MountSpec spec(MountConfig config, Mount mount, Optional<Fd> fresh) {
    return switch (config.type()) {
      case TMPFS -> new MountSpec.Tmpfs(mount.target(), tmpfsOptions(config), mount.readOnly());
      case BIND -> bind(bindSource(config, mount), mount, config);
      case VOLUME -> {
        Volume volume =
            volumes
                .find(mount.source())
                .orElseThrow(
                    () ->
                        new DavitException(
                            Kind.NOT_FOUND,
                            "volume \"%s\" of the container is gone".formatted(mount.source()),
                            "remove the container and create it again"));
        fresh
            .filter(rootfs -> !config.noCopy())
            .ifPresent(rootfs -> copyUp(rootfs, mount.target(), volume));
        yield bind(volume.mountpoint(), mount, config);
      }
    };
  }

  private void copyUp(Fd rootfs, String target, Volume volume) {
    copying.lock();
    try {
      CopyUp.copy(rootfs, target, volume.mountpoint());
    } finally {
      copying.unlock();
    }
  }

  private static MountSpec bind(Path source, Mount mount, MountConfig config) {
    if (!config.propagation().endsWith("private")) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "propagation \"%s\" of the mount at \"%s\""
              .formatted(config.propagation(), mount.target()),
          "use rprivate");
    }
    return MountSpec.Bind.of(source, mount.target(), mount.readOnly());
  }

  private static Path bindSource(MountConfig config, Mount mount) {
    Path source = Path.of(mount.source());
    if (Files.exists(source)) {
      return source;
    }
    if (!config.createHostPath()) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "bind source \"%s\" does not exist".formatted(source),
          "create it, or set create_host_path");
    }
    try {
      return Files.createDirectories(source);
    } catch (IOException e) {
      throw new DavitException(
          Kind.NOT_FOUND, "bind source \"%s\" cannot be made".formatted(source), null, e);
    }
  }

  private static String tmpfsOptions(MountConfig config) {
    var options = new ArrayList<String>();
    config.size().ifPresent(size -> options.add("size=" + size));
    options.add("mode=" + Integer.toOctalString(config.mode().orElse(01777)));
    return String.join(",", options);
  }

  // A place inside another mount is made in that mount's source, since that is what will be seen.
  private static void nest(MountSpec inner, List<MountSpec> all) {
    String target = inner.destination();
    Optional<MountSpec.Bind> outer =
        all.stream()
            .filter(spec -> target.startsWith(spec.destination() + "/"))
            .max(Comparator.comparingInt(spec -> spec.destination().length()))
            .filter(MountSpec.Bind.class::isInstance)
            .map(MountSpec.Bind.class::cast);
    if (outer.isEmpty() || !Files.isDirectory(outer.get().source())) {
      return;
    }
    String within = target.substring(outer.get().destination().length() + 1);
    boolean file = inner instanceof MountSpec.Bind bind && !Files.isDirectory(bind.source());
    String source = outer.get().source().toString();
    try (Fd directory = Kernel.open(source, Open.PATH | Open.DIRECTORY, 0);
        Fd place =
            file
                ? InRoot.ensureFile(directory, within, 0644)
                : InRoot.ensureDirectory(directory, within, 0755)) {
      assert place.number() >= 0;
    }
  }

  /// The mounts that `config` and the image's `VOLUME`s ask for, with their sources: volumes are
  /// made, the names of the anonymous ones among them added to `made`.
  List<Mount> resolve(ContainerConfig config, Image image, List<String> made) {
    var mounts = new ArrayList<Mount>();
    for (MountConfig mount : config.mounts()) {
      mounts.add(resolve(mount, made));
    }
    for (String target : image.config().volumes()) {
      if (mounts.stream().noneMatch(mount -> mount.target().equals(normal(target)))) {
        mounts.add(resolve(MountConfig.anonymous(target), made));
      }
    }
    long targets = mounts.stream().map(Mount::target).distinct().count();
    if (targets < mounts.size()) {
      throw new DavitException(
          Kind.INVALID,
          "two mounts of container \"%s\" have the same target".formatted(config.name()));
    }
    return mounts;
  }

  private Mount resolve(MountConfig mount, List<String> made) {
    String source =
        switch (mount.type()) {
          case TMPFS -> "";
          case BIND -> mount.source().orElse("");
          case VOLUME ->
              mount
                  .source()
                  .map(name -> volumes.create(dev.davit.volume.VolumeConfig.of(name)).name())
                  .orElseGet(() -> anonymous(made));
        };
    if (mount.type() == MountConfig.Type.BIND && !source.startsWith("/")) {
      throw new DavitException(Kind.INVALID, "bind source \"" + source + "\" is not absolute");
    }
    return new Mount(mount.type(), source, normal(mount.target()), mount.readOnly());
  }

  private String anonymous(List<String> made) {
    String name = volumes.createAnonymous().name();
    made.add(name);
    return name;
  }

  private static String normal(String target) {
    if (!target.startsWith("/")) {
      throw new DavitException(Kind.INVALID, "mount target \"" + target + "\" is not absolute");
    }
    String normal = Path.of(target).normalize().toString();
    if (normal.equals("/")) {
      throw new DavitException(Kind.INVALID, "mount target \"/\" is the root of the container");
    }
    return normal;
  }

  /// Writes `text` to `file` and returns it.
  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
