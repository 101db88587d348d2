package dev.davit.cli.copy;

import static java.util.stream.Collectors.toMap;

import dev.davit.content.Making;
import dev.davit.content.Making.Outline;
import dev.davit.content.Store;
import dev.davit.content.StoredImage;
import dev.davit.engine.Archives;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers;
import dev.davit.engine.EffectiveConfig;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.HostImage;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageSpec.History;
import dev.davit.image.Images;
import dev.davit.image.Reference;
import dev.davit.image.change.ConfigChanges;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes an image of what a container has changed, on top of the container's own image.
public final class Committing {
  // An image must not make others take its containers for a project's.
  private static final String OF_STACK = "com.docker.compose.";

  private final Containers containers;
  private final Archives archives;
  private final Images images;
  private final Store store;

  public Committing(Containers containers, Archives archives, Images images, Store store) {
    this.containers = containers;
    this.archives = archives;
    this.images = images;
    this.store = store;
  }

  /// What will be made; all that can be wrong with what was asked for is said here.
  ///
  /// @param name of the new image, null for none
  public Commit plan(Container container, CommitOptions options, @Nullable String name) {
    boolean ofHost = images.find(container.imageId()).filter(HostImage::is).isPresent();
    if (ofHost) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "container \"%s\" cannot become an image: below its changes lie the files of the host"
              .formatted(container.name()),
          "see what it has changed with 'davit container diff %s' and take that with 'davit container cp'"
              .formatted(container.name()));
    }
    StoredImage base = store.images().require(container.imageId());
    ImageConfig config = EffectiveConfig.of(container.config(), Optional.of(base.spec().config()));
    String command = String.join(" ", config.cmd());
    var how = new History(Instant.now(), command, options.author(), options.message(), false);
    var outline =
        new Outline(
            base.spec().platform(),
            options.author(),
            ConfigChanges.apply(options.change(), withLabels(config, ownLabels(config))),
            how);
    return new Commit(container, base, outline, NewName.of(name), options.pause());
  }

  private static Map<String, String> ownLabels(ImageConfig config) {
    return config.labels().entrySet().stream()
        .filter(label -> !label.getKey().startsWith(OF_STACK))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static ImageConfig withLabels(ImageConfig config, Map<String, String> labels) {
    return new ImageConfig(
        config.env(),
        config.entrypoint(),
        config.cmd(),
        config.workingDir(),
        config.user(),
        config.volumes(),
        config.exposedPorts(),
        config.stopSignal(),
        labels,
        config.healthcheck(),
        config.shell(),
        config.onBuild());
  }

  /// An image to be made.
  public final class Commit {
    private final Container container;
    private final StoredImage base;
    private final Outline outline;
    private final List<Reference> names;
    private final boolean pause;

    private Commit(
        Container container,
        StoredImage base,
        Outline outline,
        List<Reference> names,
        boolean pause) {
      this.container = container;
      this.base = base;
      this.outline = outline;
      this.names = names;
      this.pause = pause;
    }

    /// Makes it and returns its id.
    public String run() {
      String id = container.id();
      boolean paused = pause && containers.get(id).state().status() == Status.RUNNING;
      if (paused) {
        containers.pause(id);
      }
      try {
        return new Making(store)
            .make(Optional.of(base), tar -> archives.layer(id, tar), outline, names)
            .id()
            .toString();
      } finally {
        if (paused) {
          containers.unpause(id);
        }
      }
    }
  }
}
