package dev.davit.engine;

import static java.util.stream.Collectors.toCollection;

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
import dev.davit.volume.VolumeConfig;
import dev.davit.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Makes the sources of a container's mounts and says what is mounted where.
final class Mounts {
  private final Volumes volumes;
  private final Lives lives;
  private final GivenFiles files;
  private final ImageMounts images;
  private final VolumeUse use;
  // Two containers may start with the same new volume.
  private final ReentrantLock copying = new ReentrantLock();

  Mounts(Means means, ContentStore contents) {
    this.volumes = means.volumes();
    this.lives = means.lives();
    this.files = new GivenFiles(contents);
    this.images = new ImageMounts(means);
    this.use = new VolumeUse(means);
  }

  VolumeUse use() {
    return use;
  }

  /// The mounts of `life`, outer ones first; what their sources need is made. `etc` are bound at
  /// their keys unless the container's file mounts something else there.
  ///
  /// @param opened gets what the caller closes when the container has started
  List<MountSpec> prepare(
      Life life, Image image, List<MountSpec> usual, Fd rootfs, List<Fd> opened) {
    boolean first = life.state().startedAt().isEmpty();
    for (Mount mount : life.definition().mounts()) {
      try {
        makeSource(life, mount, first ? Optional.of(rootfs) : Optional.empty());
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.target()));
      }
    }
    var sources =
        new Sources() {
          @Override
          public byte[] file(MountConfig config) {
            return files.read(life, config);
          }

          @Override
          public MountSpec image(MountConfig config, Mount mount) {
            return images.make(life, config, mount, opened);
          }
        };
    List<MountSpec> specs = plan(life, image, usual, sources);
    specs.forEach(spec -> nest(spec, specs));
    return specs;
  }

  /// The mounts of `life`, outer ones first, whether their sources are there or not.
  List<MountSpec> plan(Life life, Image image, List<MountSpec> usual) {
    var sources =
        new Sources() {
          @Override
          public byte[] file(MountConfig config) {
            return new byte[0];
          }

          @Override
          public MountSpec image(MountConfig config, Mount mount) {
            return ImageMounts.imagine(config, mount);
          }
        };
    return plan(life, image, usual, sources);
  }

  /// What is made for one start, or only named.
  private interface Sources {
    byte[] file(MountConfig config);

    MountSpec image(MountConfig config, Mount mount);
  }

  private List<MountSpec> plan(Life life, Image image, List<MountSpec> usual, Sources sources) {
    Map<String, MountSpec> byTarget = new TreeMap<>();
    image
        .hostBinds()
        .forEach(
            path -> byTarget.put(path.toString(), MountSpec.Bind.of(path, path.toString(), true)));
    usual.forEach(spec -> byTarget.put(spec.destination(), spec));
    for (Mount mount : life.definition().mounts()) {
      try {
        byTarget.put(mount.target(), spec(config(life, mount), mount, sources));
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

  private MountSpec spec(MountConfig config, Mount mount, Sources sources) {
    return switch (config.type()) {
      case FILE -> held(config, mount.target(), sources.file(config));
      case IMAGE -> sources.image(config, mount);
      case TMPFS -> tmpfs(config, mount);
      case BIND -> bind(Path.of(mount.source()), mount, config);
      case VOLUME ->
          bind(volumes.place(mount.source()), mount, config).within(config.subpath().orElse(""));
      case CONTAINER -> throw new IllegalStateException("expanded at creation: " + config);
    };
  }

  private void makeSource(Life life, Mount mount, Optional<Fd> fresh) {
    MountConfig config = config(life, mount);
    switch (config.type()) {
      case TMPFS, FILE, IMAGE, CONTAINER -> {}
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
        use.begin(life, volume);
        // What driver options name is not Davit's to fill, and a part is no new volume.
        boolean own = volume.config().driverOpts().isEmpty() && config.subpath().isEmpty();
        fresh
            .filter(rootfs -> own && !config.noCopy())
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

  private static MountSpec.Bind bind(Path source, Mount mount, MountConfig config) {
    return new MountSpec.Bind(
        source,
        "",
        mount.target(),
        mount.readOnly(),
        switch (config.bind().recursive()) {
          case ENABLED -> MountSpec.Below.FOLLOW;
          case DISABLED -> MountSpec.Below.STAY;
          case WRITABLE -> MountSpec.Below.WRITABLE;
          case READONLY -> MountSpec.Below.READONLY;
        },
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
      makePublic(source);
    } catch (IOException e) {
      throw new DavitException(
          Kind.NOT_FOUND, "bind source \"%s\" cannot be made".formatted(source), null, e);
    }
  }

  // As docker, and whatever the umask: what is missing of the path is for everybody to read.
  private static void makePublic(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      makePublic(directory.resolveSibling(""));
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
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
    if (outer.isEmpty() || outer.get().isFile()) {
      return;
    }
    String within = target.substring(outer.get().destination().length() + 1);
    boolean file = inner.isFile();
    try (Fd directory = directory(outer.get());
        Fd place =
            file
                ? InRoot.ensureFile(directory, within, 0644)
                : InRoot.ensureDirectory(directory, within, 0755)) {
      assert place.number() >= 0;
    }
  }

  private static Fd directory(MountSpec.Bind outer) {
    try (Fd place = outer.open()) {
      String path = place.magicLink().toString();
      return Kernel.open(path, Open.PATH | Open.DIRECTORY, 0);
    }
  }

  /// The mounts that `config` and the image's `VOLUME`s ask for, with their sources: volumes are
  /// made, the names of the anonymous ones among them added to `made`.
  List<Mount> resolve(ContainerConfig config, Image image, List<String> made) {
    return resolve(config, image, mount -> volume(mount, made), this::imageId);
  }

  /// As [#resolve] would, with nothing made.
  List<Mount> imagine(ContainerConfig config, Image image) {
    return resolve(config, image, mount -> mount.source().orElse("anonymous"), this::imageId);
  }

  private String imageId(MountConfig mount) {
    return images.require(mount).id();
  }

  /// `config` with the mounts of other containers that it asks for in place of the wish; its own
  /// and those that come first count where targets are the same.
  ContainerConfig expanded(ContainerConfig config) {
    var mounts = new LinkedHashMap<String, MountConfig>();
    for (MountConfig mount : config.mounts()) {
      if (mount.type() != MountConfig.Type.CONTAINER) {
        // Two of its own at one place are told later.
        mounts.merge(
            mount.target(),
            mount,
            (_, _) -> {
              throw twice(config);
            });
      }
    }
    for (MountConfig mount : config.mounts()) {
      if (mount.type() == MountConfig.Type.CONTAINER) {
        of(lives.get(mount.source().orElse("")), mount.readOnly())
            .forEach(it -> mounts.putIfAbsent(it.target(), it));
      }
    }
    return config.withMounts(List.copyOf(mounts.values()));
  }

  /// As [#expanded], but a container that is not there is left out.
  ContainerConfig imagined(ContainerConfig config) {
    return expanded(
        config.withMounts(
            config.mounts().stream()
                .filter(
                    mount ->
                        mount.type() != MountConfig.Type.CONTAINER
                            || lives.find(mount.source().orElse("")).isPresent())
                .toList()));
  }

  // As docker has it: volumes and binds, with the source that they got.
  private static List<MountConfig> of(Life other, boolean readOnly) {
    return other.definition().mounts().stream()
        .filter(
            mount ->
                mount.type() == MountConfig.Type.VOLUME || mount.type() == MountConfig.Type.BIND)
        .map(
            mount ->
                config(other, mount)
                    .withSource(mount.source())
                    .withReadOnly(readOnly || mount.readOnly()))
        .toList();
  }

  private static DavitException twice(ContainerConfig config) {
    return new DavitException(
        Kind.INVALID,
        "two mounts of container \"%s\" have the same target".formatted(config.name()));
  }

  private static List<Mount> resolve(
      ContainerConfig config,
      Image image,
      Function<MountConfig, String> volume,
      Function<MountConfig, String> imageId) {
    var mounts = new ArrayList<Mount>();
    for (MountConfig mount : config.mounts()) {
      try {
        mounts.add(resolve(mount, volume, imageId));
      } catch (DavitException e) {
        throw e.about(new Culprit(Part.MOUNT, mount.target()));
      }
    }
    Set<String> targets = mounts.stream().map(Mount::target).collect(toCollection(HashSet::new));
    if (targets.size() < mounts.size()) {
      throw twice(config);
    }
    for (String target : DeclaredVolumes.bounded(config.image(), image.config().volumes())) {
      if (targets.add(normal(target))) {
        mounts.add(resolve(MountConfig.anonymous(target), volume, imageId));
      }
    }
    return mounts;
  }

  private String volume(MountConfig mount, List<String> made) {
    return mount
        .source()
        .map(name -> existing(name))
        .orElseGet(() -> anonymous(mount.labels(), made));
  }

  // A volume with driver options is there already, and would not be made without them.
  private String existing(String name) {
    return volumes.find(name).orElseGet(() -> volumes.create(VolumeConfig.of(name))).name();
  }

  private static Mount resolve(
      MountConfig mount,
      Function<MountConfig, String> volume,
      Function<MountConfig, String> imageId) {
    String source =
        switch (mount.type()) {
          case TMPFS, FILE, CONTAINER -> "";
          case IMAGE -> imageId.apply(mount);
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

  private String anonymous(Map<String, String> labels, List<String> made) {
    String name = volumes.create(new VolumeConfig("", "local", Map.of(), labels)).name();
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
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        StateFiles.delete(file);
      }
      Files.writeString(file, text);
      // Every user of the container reads it.
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
