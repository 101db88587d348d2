package dev.davit.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.content.LayerLimit;
import dev.davit.content.Store;
import dev.davit.content.StoredImage;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Credentials;
import dev.davit.registry.Registries;
import dev.davit.registry.site.Sites;
import dev.davit.test.Crash;
import dev.davit.test.CuttingProxy;
import dev.davit.test.Kernel;
import dev.davit.test.LocalRegistry;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that pulls is killed anywhere: the store is whole when the next one opens it, and the
/// next pull goes on where it was. `-Ddavit.crashes=100` kills as many.
@Kernel(needs = {"docker-registry", "skopeo"})
class PullCrashKernelTest {
  private static final int CRASHES = Integer.getInteger("davit.crashes", 10);
  private static final long SEED = 20_260_103;
  private static final int IMAGES = 3;
  // Manifests, headers, and what was on its way.
  private static final long BESIDES = 200_000;

  @TempDir private Path temp;

  @Test
  void storeIsWholeAfterEachCrashAndTheNextPullGoesOn() throws Exception {
    Path directory = temp.resolve("images");
    var random = new Random(SEED);
    long resumed = 0;
    Path data = Files.createDirectory(temp.resolve("registry"));
    try (var server = LocalRegistry.start(data, LocalRegistry.Options.PLAIN);
        var proxy = new CuttingProxy(server.domain(), Long.MAX_VALUE, 0)) {
      push(server.domain());
      for (int i = 0; i < CRASHES; i++) {
        Crash.of(Victim.class, random.nextInt(1500), directory.toString(), server.domain());
        Store store = Store.open(directory, LayerLimit.USUAL);
        assertEquals(List.of(), store.verify().broken(), "crash " + i);
        resumed += pullAll(store, proxy, "crash " + i);
        assertEquals(List.of(), store.verify().broken(), "pulls after crash " + i);
        store.images().list().forEach(store.images()::remove);
        store.collect(0);
      }
    }
    System.out.printf(
        "%d crashes, %d bytes of partial blobs were not brought again%n", CRASHES, resumed);
    assertTrue(resumed > 0, "no crash came in the middle of a blob");
  }

  /// Pulls everything; returns how many bytes of blobs were here in part and came no more.
  private long pullAll(Store store, CuttingProxy proxy, String when) throws IOException {
    long here = bytesBelow("blobs");
    long resumed = bytesBelow("blobs/partial");
    long before = proxy.brought();
    long size = 0;
    try (var registries = registries()) {
      var pulls = new Pulls(store, registries);
      for (int image = 0; image < IMAGES; image++) {
        Reference asked = Reference.parse(proxy.domain() + "/victim:" + image);
        Pulled pulled = pulls.pull(asked, Optional.empty(), Platform.ofThisMachine(), Meter.NONE);
        // the lower layer is the same in all
        List<Descriptor> layers = pulled.image().manifest().layers();
        size +=
            layers.subList(image == 0 ? 0 : 1, layers.size()).stream()
                .mapToLong(Descriptor::size)
                .sum();
      }
    }
    long brought = proxy.brought() - before;
    assertTrue(
        brought <= size - here + BESIDES,
        "%s: %d bytes brought of %d, %d were here".formatted(when, brought, size, here));
    return resumed;
  }

  private long bytesBelow(String directory) throws IOException {
    try (Stream<Path> files = Files.walk(temp.resolve("images").resolve(directory))) {
      return files.filter(Files::isRegularFile).mapToLong(it -> it.toFile().length()).sum();
    }
  }

  private void push(String domain) {
    var layout = new OciLayout(temp.resolve("layout"));
    for (int image = 0; image < IMAGES; image++) {
      Descriptor made =
          layout.image(Platform.ofThisMachine(), layer(0), layer(10 + image), layer(20 + image));
      layout.push(made, domain + "/victim:" + image);
    }
  }

  private static byte[] layer(int seed) {
    var random = new Random(seed);
    var tar = new Tar();
    byte[] content = new byte[30_000];
    for (int i = 0; i < 100; i++) {
      random.nextBytes(content);
      tar.file("layer%d/directory%d/file%d".formatted(seed, i / 10, i), content);
    }
    return tar.end();
  }

  private static Registries registries() {
    return Registries.open(new Sites(Map.of(), List.of()), Credentials.NONE, _ -> {});
  }

  /// Pulls images and takes them out again until it is killed.
  static final class Victim {
    private Victim() {}

    public static void main(String[] argv) {
      Store store = Store.open(Path.of(argv[0]), LayerLimit.USUAL);
      var pulls = new Pulls(store, registries());
      System.out.println("open");
      for (int i = 0; ; i++) {
        Reference asked = Reference.parse(argv[1] + "/victim:" + i % IMAGES);
        StoredImage image =
            pulls.pull(asked, Optional.empty(), Platform.ofThisMachine(), Meter.NONE).image();
        if (i % 2 == 1) {
          store.images().remove(image);
          store.collect(0);
        }
      }
    }
  }
}
