package dev.davit.selftest;

import dev.davit.archive.MadeTar;
import dev.davit.archive.Owner;
import dev.davit.cgroup.Limits;
import dev.davit.content.Loading;
import dev.davit.content.StoredImage;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.error.DavitException;
import dev.davit.network.Network;
import dev.davit.network.NetworkConfig;
import dev.davit.volume.VolumeConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Containers, images, networks and volumes of a self test, by names of its own; closing it removes
/// them, also those of a self test that could not.
final class Laboratory implements AutoCloseable {
  /// Where a container has its probe.
  static final String PROBE = "/probe";

  private static final String PREFIX = "davit-selftest-";
  private static final String IMAGES = "davit-selftest/";
  private static final Map<String, String> LABELS = Map.of("dev.davit.selftest", "");
  // What a container of a self test may come to at most, if something is wrong.
  private static final Limits LIMITS = Limits.builder().pids(64L).build();

  private final Equipment equipment;
  private final CompletableFuture<Void> cancelled;
  private final List<String> traces = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Canary canary;
  private int count;

  /// @param cancelled completes when it is to end early
  Laboratory(Equipment equipment, CompletableFuture<Void> cancelled) {
    this.equipment = equipment;
    this.cancelled = cancelled;
    this.canary = new Canary(equipment.run().resolve("selftest"));
    remove();
    canary.put();
  }

  Equipment equipment() {
    return equipment;
  }

  /// Files of the host that no container may reach.
  Canary canary() {
    return canary;
  }

  /// What is left of something on the machine would have this in its name.
  List<String> traces() {
    return List.copyOf(traces);
  }

  /// Remembers a port of the machine that leads to a container.
  void publishes(int port) {
    ports.add(port);
  }

  /// Ports of the machine that have led to containers.
  List<Integer> ports() {
    return List.copyOf(ports);
  }

  /// A container with a file system that has nothing but its probe.
  ContainerConfig config() {
    return config("empty", new MadeTar().directory("tmp"), Map.of());
  }

  /// A container of an image with that file system.
  ///
  /// @param name of the image: one for each content
  /// @param settings of the image's configuration: `Volumes`
  ContainerConfig config(String name, MadeTar root, Map<String, Object> settings) {
    String image = IMAGES + name + ":1";
    if (equipment.store().images().find(image).isEmpty()) {
      load(MadeImage.of(image, root.end(), settings));
    }
    return ContainerConfig.of(PREFIX + ++count, image)
        .withLabels(LABELS)
        .withCommand(Command.OF_IMAGE.withEntrypoint(List.of(PROBE)))
        .withResources(Resources.UNLIMITED.withLimits(LIMITS))
        .withLog(new LogConfig("none", Map.of()));
  }

  private void load(byte[] archive) {
    try {
      new Loading(equipment.store(), Optional.empty()).load(new ByteArrayInputStream(archive));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the container with the probe in it; it does not run yet.
  Guest create(ContainerConfig config, Probe probe) {
    Container made = equipment.containers().create(config);
    traces.add(made.id());
    MadeTar tar = new MadeTar().file(PROBE.substring(1), 0555, probe.elf());
    equipment
        .archives()
        .write(made.id(), "/", new ByteArrayInputStream(tar.end()), new Owner.AsArchived());
    return new Guest(equipment.containers(), made.id(), cancelled);
  }

  /// Runs the probe as the container's first process, to its end; then the container goes.
  Ended run(ContainerConfig config, Probe probe) {
    Guest made;
    try {
      made = create(config, probe);
    } catch (DavitException e) {
      return Ended.refused(e);
    }
    try (Guest guest = made) {
      return guest.run();
    }
  }

  /// A network that is gone afterwards.
  Network network() {
    Network network =
        equipment
            .networks()
            .create(
                new NetworkConfig(
                    PREFIX + ++count,
                    NetworkConfig.BRIDGE,
                    false,
                    true,
                    false,
                    List.of(),
                    Map.of(),
                    LABELS));
    traces.add(network.id());
    return network;
  }

  /// The name of a new volume.
  String volume() {
    return equipment
        .volumes()
        .create(new VolumeConfig(PREFIX + ++count, "local", Map.of(), LABELS))
        .name();
  }

  @Override
  public void close() {
    remove();
    canary.remove();
  }

  // Each on its own: what fails must not keep the rest.
  private void remove() {
    var failures = new ArrayList<DavitException>();
    equipment.containers().list().stream()
        .filter(it -> it.name().startsWith(PREFIX) && it.config().labels().equals(LABELS))
        .map(Container::id)
        .forEach(each(failures, id -> equipment.containers().remove(id, true, true)));
    equipment.networks().list().stream()
        .filter(it -> it.name().startsWith(PREFIX) && it.config().labels().equals(LABELS))
        .map(Network::id)
        .forEach(each(failures, equipment.networks()::remove));
    equipment.volumes().list().stream()
        .filter(it -> it.name().startsWith(PREFIX) && it.config().labels().equals(LABELS))
        .forEach(each(failures, it -> equipment.volumes().remove(it.name())));
    equipment.store().images().list().stream()
        .filter(Laboratory::isOurs)
        .forEach(each(failures, equipment.store().images()::remove));
    if (!failures.isEmpty()) {
      DavitException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private static boolean isOurs(StoredImage image) {
    return !image.tags().isEmpty()
        && image.tags().stream().allMatch(it -> it.familiar().startsWith(IMAGES));
  }

  private static <T> Consumer<T> each(List<DavitException> failures, Consumer<T> removal) {
    return thing -> {
      try {
        removal.accept(thing);
      } catch (DavitException e) {
        failures.add(e);
      }
    };
  }
}
