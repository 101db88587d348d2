package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import dev.davit.runtime.Capability;
import dev.davit.volume.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes containers and unmakes them.
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private final Means means;
  private final Mounts mounts;
  private final ContentStore contents;

  Creation(Means means, Mounts mounts, ContentStore contents) {
    this.means = means;
    this.mounts = mounts;
    this.contents = contents;
  }

  /// See [Containers#create].
  Container create(ContainerConfig asked) {
    Image image = means.images().require(asked.image());
    ContainerConfig config =
        mounts.expanded(SeccompProfiles.read(withHealth(asked, image.config())));
    check(config, image);
    String id = Ids.next();
    var undo = new Undo();
    try {
      means.lives().reserve(config.name(), id);
      undo.add(() -> means.lives().release(config.name(), id));
      Path directory = directories(id, undo);
      var volumes = new ArrayList<String>();
      undo.add(() -> volumes.forEach(means.volumes()::remove));
      List<Container.Mount> resolved = mounts.resolve(config, image, volumes);
      var definition =
          new Definition(
              id,
              withoutContents(config),
              image.id(),
              Instant.now(),
              resolved,
              Optional.of(means.limits().each()));
      means.files().save(definition);
      var life = life(means, definition, Saved.NEW, directory);
      undo.add(() -> contents.forget(id));
      life.contents(contents.keep(id, ContentStore.among(config.mounts())));
      means.lives().add(life);
      means.events().publish(life.container(), "create", Map.of());
      return life.container();
    } catch (RuntimeException | Error e) {
      undo.run(e);
      throw e;
    }
  }

  // What is on disk says what the container is given, and not the secret itself.
  private static ContainerConfig withoutContents(ContainerConfig config) {
    return config.withMounts(
        config.mounts().stream().map(it -> it.withFile(FileConfig::withoutContent)).toList());
  }

  /// See [Containers#supply].
  void supply(Life life, Map<String, Content> more) {
    var digests = new HashMap<>(life.container().contents());
    digests.putAll(contents.keep(life.id(), more));
    life.contents(digests);
  }

  static Life life(Means means, Definition definition, Saved saved, Path directory) {
    var log =
        new LogFile(directory.resolve(definition.id() + "-json.log"), definition.config().log());
    Definition allowed = definition.allowed(means.limits().each());
    return new Life(allowed, saved, means.files(), log);
  }

  // What can be known to be wrong before anything is made.
  static void check(ContainerConfig config, Image image) {
    checkName(config.name());
    var _ = Arguments.of(image.config(), config.command(), config.name(), "");
    var _ = Specs.capabilities(config.security(), Capability.held());
    var _ = Specs.rlimits(config);
    Sysctls.check(config);
    config.resources().cgroupParent().ifPresent(Means::relative);
    var _ = config.stop().signal().map(Signals::parse);
    var _ = LogOptions.of(config.log());
    var _ =
        LogAttributes.of(
            new Definition("", config, image.id(), Instant.EPOCH, List.of(), Optional.empty()),
            Optional.of(image));
    config.mounts().forEach(mount -> mount.file().ifPresent(GivenFiles::check));
    String driver = config.log().driver();
    if (!Set.of("json-file", "local", "none").contains(driver)) {
      throw new DavitException(
          Kind.UNSUPPORTED, "log driver \"" + driver + "\"", "use json-file, local or none");
    }
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DavitException(
          Kind.INVALID,
          "container name \"" + name + "\"",
          "write letters, digits, \"_\", \".\" and \"-\", the first a letter or digit");
    }
  }

  private Path directories(String id, Undo undo) {
    Path directory = means.directories().container(id);
    undo.add(() -> StateFiles.delete(directory));
    try {
      Path upper = Files.createDirectories(directory.resolve("upper"));
      // It is what the container sees of its root directory.
      Files.setPosixFilePermissions(upper, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectories(directory.resolve("work"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  private static ContainerConfig withHealth(ContainerConfig config, ImageConfig image) {
    if (config.health().isPresent() || image.healthcheck().isEmpty()) {
      return config;
    }
    ImageConfig.Healthcheck check = image.healthcheck().get();
    HealthConfig usual = HealthConfig.of(check.test());
    return config.withHealth(
        new HealthConfig(
            check.test(),
            or(check.interval(), usual.interval()),
            or(check.timeout(), usual.timeout()),
            check.retries() > 0 ? check.retries() : usual.retries(),
            or(check.startPeriod(), usual.startPeriod()),
            or(check.startInterval(), usual.startInterval())));
  }

  private static Duration or(long nanos, Duration usual) {
    return nanos > 0 ? Duration.ofNanos(nanos) : usual;
  }

  /// Removes all that `life`, which is marked as being removed, has on disk.
  void remove(Life life, boolean volumes) {
    if (volumes) {
      anonymous(life).forEach(this::removeVolume);
    }
    life.log().packed().join();
    life.log().close();
    means.files().delete(life.id());
    contents.forget(life.id());
    means.lives().remove(life);
    life.markRemoved();
    means.events().publish(life.container(), "destroy", Map.of());
  }

  // Made for it or for one that it has replaced, and of no other container. Of several that are
  // removed at the same time the last one sees no other.
  private Set<String> anonymous(Life life) {
    Set<String> names = volumes(life);
    names.removeIf(name -> means.volumes().find(name).filter(Volume::anonymous).isEmpty());
    for (Life other : means.lives().all()) {
      if (other != life && other.state().status() != Status.REMOVING) {
        names.removeAll(volumes(other));
      }
    }
    return names;
  }

  private static Set<String> volumes(Life life) {
    return life.definition().mounts().stream()
        .filter(mount -> mount.type() == MountConfig.Type.VOLUME)
        .map(Container.Mount::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void removeVolume(String name) {
    try {
      means.volumes().remove(name);
    } catch (DavitException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        LOG.warn("anonymous volume {} is not removed", name, e);
      }
    }
  }
}
