package dev.davit.docker;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerState;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.EffectiveConfig;
import dev.davit.engine.MountConfig;
import dev.davit.format.Struct;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// A container as `GET /containers/{id}/json` answers: what was asked for and what the image says
/// beside it.
public final class ContainerShape {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final Container container;
  private final ImageConfig effective;

  private ContainerShape(Container container, Optional<Image> image) {
    this.container = container;
    this.effective = EffectiveConfig.of(container.config(), image.map(Image::config));
  }

  /// @param image that it was created from; empty where it has been removed meanwhile
  public static Struct of(Container container, Optional<Image> image) {
    return new ContainerShape(container, image).whole();
  }

  private Struct whole() {
    List<String> argv = effective.argv();
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

  private Struct config() {
    ContainerConfig config = container.config();
    ContainerConfig.Command command = config.command();
    return ConfigShape.of(effective)
        .with("Hostname", config.network().hostname().orElse(container.shortId()))
        .with("Domainname", config.network().domainname().orElse(""))
        .with("Tty", command.tty())
        .with("OpenStdin", command.openStdin())
        .with("Image", config.image())
        .with("StopSignal", Objects.requireNonNullElse(effective.stopSignal(), "SIGTERM"))
        .with("StopTimeout", config.stop().timeout().map(Duration::toSeconds).orElse(null));
  }
}
