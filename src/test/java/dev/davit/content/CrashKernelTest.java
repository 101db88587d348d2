package dev.davit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Crash;
import dev.davit.test.Tar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that puts images into the store and takes them out is killed anywhere: the store is
/// whole when the next one opens it. `-Ddavit.crashes=100` kills as many.
@dev.davit.test.Kernel
class CrashKernelTest {
  private static final int CRASHES = Integer.getInteger("davit.crashes", 10);
  private static final long SEED = 20_260_102;

  @TempDir private Path temp;

  @Test
  void storeIsWholeAfterEachCrash() throws Exception {
    Path directory = temp.resolve("images");
    var random = new Random(SEED);
    int found = 0;
    for (int i = 0; i < CRASHES; i++) {
      Crash.of(Victim.class, random.nextInt(400), directory.toString());
      Store store = Store.open(directory, LayerLimit.USUAL);
      assertEquals(List.of(), store.verify().broken(), "crash " + i);
      found += store.images().list().size();
      try (Stream<Path> layers = Files.list(directory.resolve("layers"))) {
        assertEquals(0, layers.filter(it -> it.getFileName().toString().startsWith(".")).count());
      }
    }
    Store store = Store.open(directory, LayerLimit.USUAL);
    store.images().list().forEach(store.images()::remove);
    store.collect(0);
    assertEquals(List.of(), store.blobs().list());
    assertTrue(found > 0, "every crash came before the first image");
  }

  /// Puts images in and takes them out until it is killed.
  static final class Victim {
    private Victim() {}

    public static void main(String[] argv) {
      Store store = Store.open(Path.of(argv[0]), LayerLimit.USUAL);
      List<TestImage> images = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        images.add(TestImage.of(layer(0), layer(1), layer(2 + i)));
      }
      images.getLast().into(store, "first");
      System.out.println("open");
      for (int i = 0; ; i = (i + 1) % 12) {
        StoredImage image = images.get(i % images.size()).into(store, "x:" + i % 3);
        if (i % 4 == 3) {
          store.images().remove(image);
          store.collect(0);
        }
      }
    }

    private static byte[] layer(int seed) {
      var random = new Random(seed);
      var tar = new Tar();
      byte[] content = new byte[4000];
      for (int i = 0; i < 100; i++) {
        random.nextBytes(content);
        tar.file("layer%d/directory%d/file%d".formatted(seed, i / 10, i), content);
      }
      return tar.end();
    }
  }
}
