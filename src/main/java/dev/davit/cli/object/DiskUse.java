package dev.davit.cli.object;

import dev.davit.cli.stack.Machine;
import dev.davit.content.StoredImage;
import dev.davit.content.Usage;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.MountConfig;
import dev.davit.volume.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What the data directory takes on the disk, and of what.
final class DiskUse {
  private final Machine machine;
  private final List<Container> containers;

  DiskUse(Machine machine) {
    this.machine = machine;
    this.containers = machine.containers().list();
  }

  /// A row a type, then the rest and all together: what du(1) says of the directory.
  List<DiskRow> rows() {
    DiskRow images = images();
    DiskRow ofContainers = ofContainers();
    DiskRow volumes = volumes();
    long total = Usage.of(machine.root());
    long known = images.bytes() + ofContainers.bytes() + volumes.bytes();
    return List.of(
        images,
        ofContainers,
        volumes,
        DiskRow.of("Other", total - known),
        DiskRow.of("Total", total));
  }

  private DiskRow images() {
    List<StoredImage> all = machine.store().images().list();
    Set<String> used = DiskBudget.usedImages(containers);
    return DiskRow.of(
        "Images",
        all.size(),
        all.stream().filter(image -> used.contains(image.id().toString())).count(),
        machine.store().usage().total(),
        machine.store().reclaimable(image -> used.contains(image.id().toString())));
  }

  private DiskRow ofContainers() {
    return DiskRow.of(
        "Containers",
        containers.size(),
        containers.stream().filter(DiskUse::isActive).count(),
        Usage.of(machine.root().resolve("containers")),
        containers.stream().filter(it -> !isActive(it)).mapToLong(this::size).sum());
  }

  private static boolean isActive(Container container) {
    return container.state().alive() || container.state().status() == Status.RESTARTING;
  }

  /// What a container has written, with its log and its definition.
  long size(Container container) {
    return Usage.of(machine.root().resolve("containers").resolve(container.id()));
  }

  private DiskRow volumes() {
    List<Volume> all = machine.volumes().list();
    return DiskRow.of(
        "Local Volumes",
        all.size(),
        all.stream().filter(volume -> links(volume) > 0).count(),
        Usage.of(machine.root().resolve("volumes")),
        all.stream().filter(volume -> links(volume) == 0).mapToLong(this::size).sum());
  }

  long size(Volume volume) {
    Path directory = machine.root().resolve("volumes").resolve(volume.name());
    return Usage.of(directory);
  }

  /// How many containers have it.
  long links(Volume volume) {
    return containers.stream()
        .filter(
            container ->
                container.mounts().stream()
                    .anyMatch(
                        mount ->
                            mount.type() == MountConfig.Type.VOLUME
                                && mount.source().equals(volume.name())))
        .count();
  }

  /// What would go with an image, of the layers and blobs that no other one needs.
  long unique(StoredImage image) {
    return machine
            .store()
            .reclaimable(other -> !other.descriptor().digest().equals(image.descriptor().digest()))
        - machine.store().reclaimable(_ -> true);
  }

  long users(StoredImage image) {
    String id = image.id().toString();
    return containers.stream().filter(container -> container.imageId().equals(id)).count();
  }

  List<Container> containers() {
    return containers;
  }
}
