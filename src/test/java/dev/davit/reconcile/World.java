package dev.davit.reconcile;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.engine.Allowance;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerState;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.FileConfig;
import dev.davit.engine.Health;
import dev.davit.engine.MountConfig;
import dev.davit.engine.Networking;
import dev.davit.image.Image;
import dev.davit.image.ImageConfig;
import dev.davit.network.Cidr;
import dev.davit.network.Network;
import dev.davit.network.NetworkConfig;
import dev.davit.network.Subnet;
import dev.davit.volume.Volume;
import dev.davit.volume.VolumeConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A machine made of values: carries plans out by changing its lists, so that a test can say "after
/// up of this file, what does up of that one do?".
public final class World {
  final List<Container> containers = new ArrayList<>();
  final List<Network> networks = new ArrayList<>();
  final List<Volume> volumes = new ArrayList<>();
  @Nullable Desired desired;
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  Image image = image("sha256:1", List.of());
  final Map<String, Image> images = new HashMap<>();

  public static Image image(String id, List<String> volumes) {
    var config =
        new ImageConfig(
            List.of(),
            List.of(),
            List.of("true"),
            "",
            "",
            volumes,
            List.of(),
            null,
            Map.of(),
            Optional.empty(),
            List.of(),
            List.of());
    return new Image(id, List.of(), config, List.of(), List.of(), Instant.EPOCH, Instant.EPOCH, 0);
  }

  public static Project project(String yaml, String... selected) {
    return project(yaml, LoadOptions.ALL, selected);
  }

  static Project project(String yaml, LoadOptions options, String... selected) {
    return ComposeLoader.load(
            new LoadRequest(
                Path.of("/srv/shop"),
                Map.of(),
                List.of("-"),
                Optional.of("shop"),
                Optional.of(Path.of("/srv/shop")),
                List.of(),
                List.of(),
                List.of(selected),
                () -> yaml,
                options))
        .project();
  }

  Observed observed(Project project) {
    var all = new HashMap<>(images);
    all.putIfAbsent("davit/host", image);
    return new Observed(
        project.name(), containers, networks, volumes, all, NOW, Optional.ofNullable(desired));
  }

  Plan plan(String yaml, PlanOptions options) {
    Project project = project(yaml, options.services().toArray(String[]::new));
    return Planner.plan(project, observed(project), options);
  }

  Plan plan(String yaml) {
    return plan(yaml, PlanOptions.DEFAULT);
  }

  /// Plans and does it; everything that starts runs and is healthy.
  World up(String yaml) {
    return up(yaml, PlanOptions.DEFAULT);
  }

  World up(String yaml, PlanOptions options) {
    Plan plan = plan(yaml, options);
    plan.nodes().forEach(node -> apply(node.operation()));
    desired = plan.desired().orElse(desired);
    return this;
  }

  void apply(Operation operation) {
    switch (operation) {
      case Operation.CreateNetwork(_, var config, _) -> networks.add(network(config));
      case Operation.RemoveNetwork(var subject, _) ->
          networks.removeIf(network -> network.name().equals(subject.name()));
      case Operation.CreateVolume(_, var config, _) -> volumes.add(volume(config));
      case Operation.RemoveVolume(var subject, _) ->
          volumes.removeIf(volume -> volume.name().equals(subject.name()));
      case Operation.CreateContainer(_, var config, _) -> containers.add(container(config));
      case Operation.StartContainer(_, var ref, _) -> state(ref, Status.RUNNING, 0);
      case Operation.StopContainer(_, var ref, _, _) -> state(ref, Status.EXITED, 143);
      case Operation.RemoveContainer(_, var ref, _, _) ->
          containers.removeIf(container -> is(container, ref));
      case Operation.RenameContainer(_, var ref, var name, _) -> rename(ref, name);
      default -> {}
    }
  }

  /// Puts a container into a state.
  World state(String ref, Status status, int exitCode) {
    containers.replaceAll(
        container ->
            is(container, ref)
                ? with(container, container.config(), state(container, status, exitCode))
                : container);
    return this;
  }

  private static ContainerState state(Container container, Status status, int exitCode) {
    Optional<Health> health =
        container.config().health().isPresent() && status == Status.RUNNING
            ? Optional.of(new Health(Health.Status.HEALTHY, 0, List.of()))
            : Optional.empty();
    return new ContainerState(
        status, 1, exitCode, false, "", Optional.empty(), Optional.empty(), health);
  }

  private static boolean is(Container container, String ref) {
    return container.id().equals(ref) || container.name().equals(ref);
  }

  private void rename(String ref, String name) {
    containers.replaceAll(
        container -> {
          if (!is(container, ref)) {
            return container;
          }
          return with(container, container.config().withName(name), container.state());
        });
  }

  private static Container with(Container old, ContainerConfig config, ContainerState state) {
    return new Container(
        old.id(),
        config,
        old.imageId(),
        old.created(),
        state,
        0,
        old.mounts(),
        old.sandbox(),
        old.contents(),
        Allowance.NONE);
  }

  private int made;

  // As the engine's: a shared namespace is that of an id.
  private ContainerConfig withId(ContainerConfig config) {
    return config
        .network()
        .container()
        .flatMap(ref -> containers.stream().filter(it -> is(it, ref)).findFirst())
        .map(owner -> config.withNetwork(Networking.ofContainer(owner.id())))
        .orElse(config);
  }

  private Container container(ContainerConfig wanted) {
    ContainerConfig config = withId(wanted);
    String id = "%064x".formatted(++made).replaceFirst("^0{12}", "c%011d".formatted(made));
    var mounts = new ArrayList<Container.Mount>();
    for (MountConfig mount : config.mounts()) {
      String source = mount.source().orElse("anonymous-" + made + "-" + mounts.size());
      mounts.add(new Container.Mount(mount.type(), source, mount.target(), mount.readOnly()));
    }
    for (String target : image.config().volumes()) {
      if (mounts.stream().noneMatch(mount -> mount.target().equals(target))) {
        mounts.add(new Container.Mount(MountConfig.Type.VOLUME, "of-image-" + made, target, false));
      }
    }
    return new Container(
        id,
        config,
        image.id(),
        Instant.EPOCH,
        ContainerState.CREATED,
        0,
        mounts,
        Optional.empty(),
        contents(config),
        Allowance.NONE);
  }

  private static Map<String, String> contents(ContainerConfig config) {
    var digests = new HashMap<String, String>();
    for (MountConfig mount : config.mounts()) {
      mount
          .file()
          .flatMap(FileConfig::content)
          .ifPresent(content -> digests.put(mount.target(), content.digest()));
    }
    return digests;
  }

  private static Network network(NetworkConfig config) {
    return new Network(
        config.name(),
        config,
        "br-0",
        true,
        List.of(Subnet.of(Cidr.parse("10.0.0.0/24"))),
        Instant.EPOCH);
  }

  private static Volume volume(VolumeConfig config) {
    return new Volume(config.name(), config, Path.of("/volumes"), Instant.EPOCH, false);
  }

  static Service service(Project project, String name) {
    return java.util.Objects.requireNonNull(project.services().get(name));
  }
}
