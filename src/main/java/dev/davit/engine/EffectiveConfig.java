package dev.davit.engine;

import dev.davit.engine.ContainerConfig.Command;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageConfig.Healthcheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// How a container is run, in the words of an image: what was asked for, and what its image says
/// beside it. An image with that config runs as the container did.
public final class EffectiveConfig {
  private EffectiveConfig() {}

  /// @param image empty where it has been removed meanwhile
  public static ImageConfig of(ContainerConfig container, Optional<ImageConfig> image) {
    ImageConfig base = image.orElseGet(() -> ImageConfig.of(List.of(), List.of()));
    Command command = container.command();
    return new ImageConfig(
        Arguments.merge(base.env(), command.env()),
        Arguments.entrypoint(base, command),
        Arguments.command(base, command),
        command.workingDir().orElse(base.workingDir()),
        command.user().orElse(base.user()),
        base.volumes(),
        exposed(container, base),
        container.stop().signal().orElse(base.stopSignal()),
        labels(container, base),
        container.health().map(EffectiveConfig::check).or(base::healthcheck),
        base.shell(),
        base.onBuild());
  }

  private static List<String> exposed(ContainerConfig container, ImageConfig base) {
    var exposed = new TreeSet<>(base.exposedPorts());
    container
        .network()
        .ports()
        .forEach(it -> exposed.add(it.containerPort() + "/" + it.protocol()));
    return List.copyOf(exposed);
  }

  private static Map<String, String> labels(ContainerConfig container, ImageConfig base) {
    var labels = new HashMap<>(base.labels());
    labels.putAll(container.labels());
    return labels;
  }

  // Davit's own pause before the first success is none that anybody asked for.
  private static Healthcheck check(HealthConfig health) {
    Duration usual = HealthConfig.of(health.test()).startInterval();
    return new Healthcheck(
        health.test(),
        health.interval().toNanos(),
        health.timeout().toNanos(),
        health.startPeriod().toNanos(),
        health.startInterval().equals(usual) ? 0 : health.startInterval().toNanos(),
        health.retries());
  }
}
