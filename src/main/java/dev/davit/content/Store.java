package dev.davit.content;

import dev.davit.image.Digest;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The content store of one data directory. Blobs and layers are whole when they are visible;
/// images are what `images.json` names, which is replaced last: whatever a process that dies leaves
/// beside is garbage.
public final class Store {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path directory;
  private final Aside aside;
  private final Blobs blobs;
  private final Layers layers;
  private final StoredImages images;
  private final Holds holds = new Holds(this::evict);
  private volatile @Nullable Eviction eviction;

  private Store(Path directory, LayerLimit limit) {
    this.directory = directory;
    blobs = new Blobs(directory.resolve("blobs"));
    aside = new Aside(directory.resolveSibling(""));
    layers = new Layers(directory.resolve("layers"), blobs, limit, aside);
    images =
        new StoredImages(
            new LedgerFiles(directory, aside),
            new ImageReader(blobs, layers, aside),
            blobs,
            layers);
  }

  /// The store in `directory`, which is made where it is missing and is this process's alone. Only
  /// root may look into it: files of images may be set-id.
  public static Store open(Path directory, LayerLimit limit) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var store = new Store(directory.toAbsolutePath(), limit);
    store.clean();
    return store;
  }

  private void clean() {
    layers.clean();
    Path file = directory.resolve("boot");
    try {
      blobs.clean();
      byte[] now = Files.readAllBytes(BOOT);
      byte[] then = boot(file);
      if (!java.util.Arrays.equals(now, then)) {
        // What no image names was never synced: the machine may have gone down before it was.
        new Sweep(blobs, layers, images.list()).run(0);
        Files.write(file, now);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Of which boot it is only saves work: whatever cannot be read is none.
  private byte[] boot(Path file) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("it is no regular file");
      }
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      aside.put(Thing.of("file", file.toString()), file, Damage.of(String.valueOf(e.getMessage())));
      return new byte[0];
    }
  }

  /// Makes the layers of `image` again that are not whole; throws where their blobs are not either.
  void mend(StoredImage image) {
    List<Digest> chainIds = image.spec().chainIds();
    try (Hold _ = hold()) {
      for (int i = 0; i < chainIds.size(); i++) {
        Digest blob = image.manifest().layers().get(i).digest();
        layers.mend(chainIds.get(i), image.spec().diffIds().get(i), blob);
      }
      layers.settle(chainIds);
    }
  }

  public Blobs blobs() {
    return blobs;
  }

  public Layers layers() {
    return layers;
  }

  public StoredImages images() {
    return images;
  }

  /// Keeps everything in the store, referenced or not, until it is closed: whoever puts an image
  /// together holds one meanwhile.
  public Hold hold() {
    return holds.open();
  }

  /// Throws what is to be told where `failure`, of whoever fills the store, is for want of space.
  ///
  /// @param lacking bytes that were still to come, where that is known
  public void explainFull(Throwable failure, OptionalLong lacking) {
    if (FullDisk.isCauseOf(failure)) {
      throw FullDisk.explained(failure, directory, lacking);
    }
  }

  /// Removes what no image needs, the oldest first, until no more than `keep` bytes of that are
  /// left. While something is held nothing goes, the result is empty, and it is made up for
  /// afterwards.
  public Optional<Freed> collect(long keep) {
    return holds.whenFree(() -> sweep().run(keep), () -> sweep().run(keep));
  }

  /// From now on, and whenever something has come, it takes no more than `budget` bytes on the disk
  /// as far as there is anything that may go: docs/images.md.
  ///
  /// @param rest how long an image is safe after somebody asked for it
  /// @param used ids of the images that containers stand on
  public void keepWithin(long budget, Duration rest, Supplier<Set<String>> used) {
    eviction = new Eviction(directory, blobs, layers, images, budget, rest, used);
    holds.whenFree(
        () -> {
          evict();
          return true;
        },
        this::evict);
  }

  private void evict() {
    Eviction limit = eviction;
    if (limit != null) {
      try {
        limit.run(Instant.now());
      } catch (RuntimeException e) {
        // What came is here all the same.
        LOG.error("the images are not kept within their budget", e);
      }
    }
  }

  /// What only images need that are not among `kept`, and what none does, takes on the disk.
  public long reclaimable(Predicate<StoredImage> kept) {
    return new Sweep(blobs, layers, images.list().stream().filter(kept).toList()).reclaimable();
  }

  private Sweep sweep() {
    return new Sweep(blobs, layers, images.list());
  }

  public DiskUsage usage() {
    return new DiskUsage(
        Usage.of(directory),
        Usage.of(directory.resolve("blobs")) - Usage.of(blobs.partial()),
        Usage.of(directory.resolve("layers")),
        Usage.of(blobs.partial()),
        sweep().reclaimable());
  }

  /// Looks at everything; takes as long as unpacking it all.
  public Verified verify() {
    try (Hold _ = hold()) {
      return new Verification(blobs, layers).all(images.list());
    }
  }

  /// Looks at what `image` consists of.
  public Verified verify(StoredImage image) {
    try (Hold _ = hold()) {
      return new Verification(blobs, layers).one(image);
    }
  }
}
