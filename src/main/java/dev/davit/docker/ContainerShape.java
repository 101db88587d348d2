package dev.davit.docker;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerState;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.HealthConfig;
import dev.davit.engine.MountConfig;
import dev.davit.format.Struct;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A container as `GET /containers/{id}/json` answers: what was asked for and what the image says
/// beside it.
public final class ContainerShape {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String VARIABLE = "=";

  private final Container container;
  private final Optional<ImageConfig> image;

  private ContainerShape(Container container, Optional<Image> image) {
    this.container = container;
    this.image = image.map(Image::config);
  }

  /// @param image that it was created from; empty where it has been removed meanwhile
  public static Struct of(Container container, Optional<Image> image) {
    return new ContainerShape(container, image).whole();
  }

  private Struct whole() {
    List<String> argv = Stream.concat(entrypoint().stream(), command().stream()).toList();
    return new Struct()
        .with("Id", container.id())
        .with("Created", container.created().toString())
        .with("Path", argv.isEmpty() ? "" : argv.getFirst())
        .with("Args", argv.isEmpty() ? argv : argv.subList(1, argv.size()))
        .with("State", state())
        .with("Image", container.imageId())
        .with("Name", "/" + container.name())
        .with("RestartCount", container.restartCount())
        .with("Driver", "overlay2")
        .with("Platform", "linux")
        .with("HostConfig", HostConfigShape.of(container))
        .with("Mounts", container.mounts().stream().map(this::mount).toList())
        .with("Config", config())
        .with("NetworkSettings", NetworkSettingsShape.of(container));
  }

  private Struct state() {
    ContainerState state = container.state();
    Status status = state.status();
    var struct =
        new Struct()
            .with("Status", status.word())
            .with("Running", state.alive() || status == Status.RESTARTING)
            .with("Paused", status == Status.PAUSED)
            .with("Restarting", status == Status.RESTARTING)
            .with("OOMKilled", state.oomKilled())
            .with("Dead", status == Status.DEAD)
            .with("Pid", state.pid())
            .with("ExitCode", state.exitCode())
            .with("Error", state.error())
            .with("StartedAt", time(state.startedAt()))
            .with("FinishedAt", time(state.finishedAt()));
    state
        .health()
        .ifPresent(
            health ->
                struct.with(
                    "Health",
                    new Struct()
                        .with("Status", health.status().name().toLowerCase(Locale.ROOT))
                        .with("FailingStreak", health.failingStreak())
                        .with(
                            "Log",
                            health.log().stream()
                                .map(
                                    probe ->
                                        new Struct()
                                            .with("Start", probe.start().toString())
                                            .with("End", probe.end().toString())
                                            .with("ExitCode", probe.exitCode())
                                            .with("Output", probe.output()))
                                .toList())));
    return struct;
  }

  private static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(NEVER);
  }

  private Struct mount(Container.Mount mount) {
    boolean volume = mount.type() == MountConfig.Type.VOLUME;
    return new Struct()
        .with("Type", mount.type().name().toLowerCase(Locale.ROOT))
        .with("Name", volume ? mount.source() : "")
        .with("Source", mount.source())
        .with("Destination", mount.target())
        .with("Driver", volume ? "local" : "")
        .with("Mode", mount.readOnly() ? "ro" : "")
        .with("RW", !mount.readOnly())
        .with("Propagation", mount.type() == MountConfig.Type.BIND ? "rprivate" : "");
  }

  private List<String> entrypoint() {
    return container
        .config()
        .command()
        .entrypoint()
        .or(() -> image.map(ImageConfig::entrypoint))
        .orElse(List.of());
  }

  // Another entrypoint than the image's does not get its command.
  private List<String> command() {
    ContainerConfig.Command command = container.config().command();
    return command
        .command()
        .or(() -> command.entrypoint().isPresent() ? Optional.empty() : image.map(ImageConfig::cmd))
        .orElse(List.of());
  }

  private Struct config() {
    ContainerConfig config = container.config();
    ContainerConfig.Command command = config.command();
    var volumes = new TreeMap<String, Struct>();
    image.ifPresent(it -> it.volumes().forEach(target -> volumes.put(target, new Struct())));
    var exposed = new TreeMap<String, Struct>();
    image.ifPresent(it -> it.exposedPorts().forEach(port -> exposed.put(port, new Struct())));
    config
        .network()
        .ports()
        .forEach(it -> exposed.put(it.containerPort() + "/" + it.protocol(), new Struct()));
    var struct =
        new Struct()
            .with("Hostname", config.network().hostname().orElse(container.shortId()))
            .with("Domainname", config.network().domainname().orElse(""))
            .with("User", command.user().or(() -> image.map(ImageConfig::user)).orElse(""))
            .with("ExposedPorts", exposed)
            .with("Tty", command.tty())
            .with("OpenStdin", command.openStdin())
            .with("Env", env())
            .with("Cmd", command())
            .with("Image", config.image())
            .with("Volumes", volumes)
            .with(
                "WorkingDir",
                command.workingDir().or(() -> image.map(ImageConfig::workingDir)).orElse(""))
            .with("Entrypoint", entrypoint())
            .with("Labels", labels())
            .with("StopSignal", config.stop().signal().orElse(stopSignal()))
            .with("StopTimeout", config.stop().timeout().map(Duration::toSeconds).orElse(null));
    config.health().ifPresent(health -> struct.with("Healthcheck", health(health)));
    return struct;
  }

  private String stopSignal() {
    return image.flatMap(it -> Optional.ofNullable(it.stopSignal())).orElse("SIGTERM");
  }

  private Map<String, String> labels() {
    var labels = new TreeMap<String, String>(image.map(ImageConfig::labels).orElse(Map.of()));
    labels.putAll(container.config().labels());
    return labels;
  }

  private List<String> env() {
    var variables = new LinkedHashMap<String, @Nullable String>();
    var all = new ArrayList<String>(image.map(ImageConfig::env).orElse(List.of()));
    all.addAll(container.config().command().env());
    for (String entry : all) {
      String name = entry.split(VARIABLE, 2)[0];
      if (entry.contains(VARIABLE)) {
        variables.put(name, entry);
      } else {
        variables.remove(name);
      }
    }
    return List.copyOf(variables.values());
  }

  private static Struct health(HealthConfig health) {
    return new Struct()
        .with("Test", health.test())
        .with("Interval", health.interval().toNanos())
        .with("Timeout", health.timeout().toNanos())
        .with("StartPeriod", health.startPeriod().toNanos())
        .with("StartInterval", health.startInterval().toNanos())
        .with("Retries", health.retries());
  }
}
