package dev.davit.cli.object;

import static java.util.stream.Collectors.toSet;

import dev.davit.content.ByteSize;
import dev.davit.content.Store;
import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.engine.MountConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What images may take on the disk: `DAVIT_IMAGE_BUDGET` of the engine.
///
/// @param bytes as du(1) counts
public record DiskBudget(long bytes) {
  // A command may still be about to make a container of it.
  private static final Duration REST = Duration.ofHours(1);

  /// None where `text` is empty.
  public static Optional<DiskBudget> parse(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new DiskBudget(ByteSize.parse("DAVIT_IMAGE_BUDGET", text)));
  }

  /// Keeps `store` within it from now on.
  public void keep(Store store, Containers containers) {
    store.keepWithin(bytes, REST, () -> usedImages(containers.list()));
  }

  /// Ids of the images that containers stand on or have mounted.
  static Set<String> usedImages(List<Container> containers) {
    return containers.stream()
        .flatMap(
            container ->
                Stream.concat(
                    Stream.of(container.imageId()),
                    container.mounts().stream()
                        .filter(mount -> mount.type() == MountConfig.Type.IMAGE)
                        .map(Container.Mount::source)))
        .collect(toSet());
  }
}
