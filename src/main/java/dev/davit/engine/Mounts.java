package dev.davit.engine;

import dev.davit.engine.Container.Mount;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Image;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.MountFlag;
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
import java.util.function.Function;

/// Makes the sources of a container's mounts and says what is mounted where.
final class Mounts {
  private final Volumes volumes;
  private final GivenFiles files;
  // Two containers may start with the same new volume.
  private final ReentrantLock copying = new ReentrantLock();

  Mounts(Volumes volumes, ContentStore contents) {
    this.volumes = volumes;
    this.files = new GivenFiles(contents);
  }

  /// The mounts of `life`, outer ones first; what their sources need is made. `etc` are bound at
  /// their keys unless the container's file mounts something else there.
  List<MountSpec> prepare(Life life, Image image, Map<String, Path> etc, Fd rootfs) {
    boolean first = life.state().startedAt().isEmpty();
    for (Mount mount : life.definition().mounts()) {
      try {
        makeSource(config(life, mount), mount, first ? Optional.of(rootfs) : Optional.empty());
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.target()));
      }
    }
    List<MountSpec> specs = plan(life, image, etc, mount -> files.read(life, mount));
    specs.forEach(spec -> nest(spec, specs));
    return specs;
  }

  /// The mounts of `life`, outer ones first, whether their sources are there or not.
  List<MountSpec> plan(Life life, Image image, Map<String, Path> etc) {
    return plan(life, image, etc, _ -> new byte[0]);
  }

  private List<MountSpec> plan(
      Life life, Image image, Map<String, Path> etc, Function<MountConfig, byte[]> contents) {
    Map<String, MountSpec> byTarget = new TreeMap<>();
    image
        .hostBinds()
        .forEach(
            path -> byTarget.put(path.toString(), MountSpec.Bind.of(path, path.toString(), true)));
    etc.forEach((target, file) -> byTarget.put(target, MountSpec.Bind.of(file, target, false)));
    for (Mount mount : life.definition().mounts()) {
      try {
        byTarget.put(mount.target(), spec(config(life, mount), mount, contents));
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.target()));
      }
    }
    return byTarget.values().stream()
        .sorted(Comparator.comparingInt(spec -> Path.of(spec.destination()).getNameCount()))
        .toList();
  }

  private static MountConfig config(Life life, Mount mount) {
    return life.config().mounts().stream()
        .filter(config -> normal(config.target()).equals(mount.target()))
        .findFirst()
        .orElse(MountConfig.volume(mount.source(), mount.target()));
  }

  private MountSpec spec(MountConfig config, Mount mount, Function<MountConfig, byte[]> contents) {
    return switch (config.type()) {
      case FILE -> held(config, mount.target(), contents.apply(config));
      case TMPFS -> tmpfs(config, mount);
      case BIND -> bind(Path.of(mount.source()), mount, config);
      case VOLUME -> bind(volumes.place(mount.source()), mount, config);
    };
  }

  private void makeSource(MountConfig config, Mount mount, Optional<Fd> fresh) {
    switch (config.type()) {
      case TMPFS, FILE -> {}
      case BIND -> {
        makeBindSource(config, mount);
        checkPropagation(config, mount);
      }
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
      }
    }
  }

  private static MountSpec held(MountConfig config, String target, byte[] content) {
    FileConfig file = config.file().orElseThrow();
    return MountSpec.Held.of(target, content, file.uid(), file.gid(), file.mode(), file.name());
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
    return new MountSpec.Bind(
        source,
        mount.target(),
        mount.readOnly(),
        Propagation.parse(config.bind().propagation(), mount.target()));
  }

  private static MountSpec tmpfs(MountConfig config, Mount mount) {
    TmpfsOptions options = TmpfsOptions.of(config, mount.readOnly());
    return new MountSpec.Tmpfs(mount.target(), options.data(), options.flags());
  }

  private static void checkPropagation(MountConfig config, Mount mount) {
    MountFlag wanted = Propagation.parse(config.bind().propagation(), mount.target());
    if (wanted != MountFlag.PRIVATE) {
      try {
        List<String> mountinfo = Files.readAllLines(Path.of("/proc/self/mountinfo"));
        Propagation.check(wanted, Path.of(mount.source()).toRealPath(), mountinfo);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void makeBindSource(MountConfig config, Mount mount) {
    Path source = Path.of(mount.source());
    if (Files.exists(source)) {
      return;
    }
    if (!config.bind().createSource()) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "bind source \"%s\" does not exist".formatted(source),
          "create it, or set create_host_path");
    }
    try {
      Files.createDirectories(source);
    } catch (IOException e) {
      throw new DavitException(
          Kind.NOT_FOUND, "bind source \"%s\" cannot be made".formatted(source), null, e);
    }
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
    boolean file =
        switch (inner) {
          case MountSpec.Bind bind -> !Files.isDirectory(bind.source());
          case MountSpec.Held _ -> true;
          case MountSpec.Tmpfs _ -> false;
        };
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
    return resolve(config, image, mount -> volume(mount, made));
  }

  /// As [#resolve] would, with nothing made.
  List<Mount> imagine(ContainerConfig config, Image image) {
    return resolve(config, image, mount -> mount.source().orElse("anonymous"));
  }

  private static List<Mount> resolve(
      ContainerConfig config, Image image, Function<MountConfig, String> volume) {
    var mounts = new ArrayList<Mount>();
    for (MountConfig mount : config.mounts()) {
      try {
        mounts.add(resolve(mount, volume));
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.target()));
      }
    }
    for (String target : image.config().volumes()) {
      if (mounts.stream().noneMatch(mount -> mount.target().equals(normal(target)))) {
        mounts.add(resolve(MountConfig.anonymous(target), volume));
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

  private String volume(MountConfig mount, List<String> made) {
    return mount
        .source()
        .map(name -> volumes.create(dev.davit.volume.VolumeConfig.of(name)).name())
        .orElseGet(() -> anonymous(made));
  }

  private static Mount resolve(MountConfig mount, Function<MountConfig, String> volume) {
    String source =
        switch (mount.type()) {
          case TMPFS, FILE -> "";
          case BIND -> mount.source().orElse("");
          case VOLUME -> volume.apply(mount);
        };
    if (mount.type() == MountConfig.Type.BIND && !source.startsWith("/")) {
      throw new DavitException(Kind.INVALID, "bind source \"" + source + "\" is not absolute");
    }
    if (mount.type() == MountConfig.Type.TMPFS) {
      var _ = TmpfsOptions.of(mount, mount.readOnly());
    }
    var _ = Propagation.parse(mount.bind().propagation(), mount.target());
    String target = normal(mount.target());
    Targets.check(target, source);
    return new Mount(mount.type(), source, target, mount.readOnly());
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
    return Path.of(target).normalize().toString();
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
