package dev.davit.content;

import static java.util.Comparator.comparing;

import dev.davit.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Garbage collection: what no image needs is found by marking what they do.
final class Sweep {
  // A pull that was not taken up again until then will not be.
  private static final Duration RESUMABLE = Duration.ofDays(7);

  private final Blobs blobs;
  private final Layers layers;
  private final Set<Digest> neededBlobs = new HashSet<>();
  private final Set<Digest> neededLayers = new HashSet<>();

  private record Garbage(Path path, Digest digest, boolean isLayer, Instant changed, long bytes) {}

  Sweep(Blobs blobs, Layers layers, List<StoredImage> images) {
    this.blobs = blobs;
    this.layers = layers;
    for (StoredImage image : images) {
      StoredImages.blobs(image).forEach(neededBlobs::add);
      neededLayers.addAll(image.spec().chainIds());
    }
  }

  /// What nothing needs takes.
  long reclaimable() {
    return garbage().stream().mapToLong(Garbage::bytes).sum();
  }

  /// Removes garbage, the oldest first, until no more than `keep` bytes of it are left.
  Freed run(long keep) {
    List<Garbage> garbage = garbage();
    long left = garbage.stream().mapToLong(Garbage::bytes).sum();
    long bytes = 0;
    int blobCount = 0;
    int layerCount = 0;
    for (Garbage each : garbage) {
      if (left <= keep) {
        break;
      }
      if (each.isLayer()) {
        layers.remove(each.digest());
        layerCount++;
      } else {
        blobs.remove(each.digest());
        blobCount++;
      }
      left -= each.bytes();
      bytes += each.bytes();
    }
    return new Freed(bytes + stale(), blobCount, layerCount);
  }

  private List<Garbage> garbage() {
    var garbage = new ArrayList<Garbage>();
    for (Blob blob : blobs.list()) {
      if (!neededBlobs.contains(blob.digest())) {
        garbage.add(garbage(blob.file(), blob.digest(), false));
      }
    }
    for (Digest chainId : layers.list()) {
      if (!neededLayers.contains(chainId)) {
        garbage.add(garbage(layers.path(chainId), chainId, true));
      }
    }
    garbage.sort(comparing(Garbage::changed));
    return garbage;
  }

  private static Garbage garbage(Path path, Digest digest, boolean isLayer) {
    return new Garbage(path, digest, isLayer, changed(path), Usage.of(path));
  }

  private static Instant changed(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long stale() {
    long bytes = 0;
    Instant oldest = Instant.now().minus(RESUMABLE);
    try (Stream<Path> files = Files.list(blobs.partial())) {
      for (Path file : files.toList()) {
        if (changed(file).isBefore(oldest)) {
          bytes += Usage.of(file);
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }
}
