package dev.davit.content;

import static java.util.Comparator.comparing;

import dev.davit.image.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the store within what it may take on the disk. What no image needs goes first, then images
/// without a name, then those with names that a registry still has, each time the one that nobody
/// has asked for the longest. Never goes what a container stands on, what was asked for in the last
/// hour, and what has a name but came from no registry: nobody could get it back.
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  private final Path directory;
  private final Blobs blobs;
  private final Layers layers;
  private final StoredImages images;
  private final long budget;
  private final Duration rest;
  private final Supplier<Set<String>> used;

  /// @param budget bytes on the disk
  /// @param rest how long an image is safe after somebody asked for it
  /// @param used ids of the images that containers stand on
  Eviction(
      Path directory,
      Blobs blobs,
      Layers layers,
      StoredImages images,
      long budget,
      Duration rest,
      Supplier<Set<String>> used) {
    this.directory = directory;
    this.blobs = blobs;
    this.layers = layers;
    this.images = images;
    this.budget = budget;
    this.rest = rest;
    this.used = used;
  }

  /// Removes what has to go; nothing is written to the store meanwhile.
  void run(Instant now) {
    long size = Usage.of(directory);
    if (size <= budget) {
      return;
    }
    size -= sweep(size - budget);
    for (StoredImage image : candidates(now)) {
      if (size <= budget) {
        return;
      }
      LOG.info("image {} goes: the images take {} bytes of {}", name(image), size, budget);
      images.remove(image);
      size -= sweep(Long.MAX_VALUE);
    }
    if (size > budget) {
      LOG.warn("the images take {} bytes of {}, and none of them may go", size, budget);
    }
  }

  // Returns how much has gone.
  private long sweep(long wanted) {
    var sweep = new Sweep(blobs, layers, images.list());
    return sweep
        .run(wanted == Long.MAX_VALUE ? 0 : Math.max(0, sweep.reclaimable() - wanted))
        .bytes();
  }

  private List<StoredImage> candidates(Instant now) {
    Set<String> inUse = used.get();
    Instant youngest = now.minus(rest);
    return images.list().stream()
        .filter(image -> !inUse.contains(image.id().toString()))
        .filter(image -> lastUse(image).isBefore(youngest))
        .filter(image -> image.tags().isEmpty() || cameFromRegistry(image))
        .sorted(
            comparing((StoredImage image) -> !image.tags().isEmpty()).thenComparing(this::lastUse))
        .toList();
  }

  private Instant lastUse(StoredImage image) {
    return blobs.lastUse(image.descriptor().digest());
  }

  private static boolean cameFromRegistry(StoredImage image) {
    return image.names().stream().anyMatch(name -> name.digest().isPresent());
  }

  private static String name(StoredImage image) {
    Digest id = image.id();
    return image.tags().isEmpty() ? id.brief() : image.tags().getFirst().tagged();
  }
}
