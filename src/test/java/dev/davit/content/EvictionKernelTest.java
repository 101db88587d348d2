package dev.davit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.image.Descriptor;
import dev.davit.image.Reference;
import dev.davit.test.Kernel;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Kernel
class EvictionKernelTest {
  private static final Duration REST = Duration.ofHours(1);
  private static final int SIZE = 1 << 20;

  @TempDir private Path temp;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("images"), LayerLimit.USUAL);
  }

  /// Some 2 MB on the disk, as blob and as layer, that somebody last asked for so long ago.
  private StoredImage image(int seed, Duration ago, String... names) throws IOException {
    byte[] noise = new byte[SIZE];
    new Random(seed).nextBytes(noise);
    StoredImage image = TestImage.of(new Tar().file("noise", noise).end()).into(store, names);
    Path blob = store.blobs().require(image.descriptor().digest()).file();
    Files.setLastModifiedTime(blob, FileTime.from(Instant.now().minus(ago)));
    return image;
  }

  private static String withDigest(int seed) {
    return "r.example/a@sha256:" + Integer.toString(seed).repeat(64);
  }

  private List<String> left() {
    return store.images().list().stream()
        .map(image -> image.tags().isEmpty() ? "none" : image.tags().getFirst().familiar())
        .toList();
  }

  private void keep(int images, Set<String> used) {
    store.keepWithin(images * 2L * SIZE + SIZE, REST, () -> used);
  }

  @Test
  void whatNobodyAskedForTheLongestGoesFirstAndOnlyAsMuchAsHasTo() throws IOException {
    image(1, Duration.ofDays(3), "r.example/a:3", withDigest(1));
    image(2, Duration.ofDays(5), "r.example/a:5", withDigest(2));
    image(3, Duration.ofDays(4), "r.example/a:4", withDigest(3));
    keep(2, Set.of());
    assertEquals(List.of("r.example/a:3", "r.example/a:4"), left());
    assertEquals(List.of(), store.verify().broken());
  }

  @Test
  void imagesWithoutANameGoBeforeThoseWithOne() throws IOException {
    image(1, Duration.ofDays(9), "r.example/a:9", withDigest(1));
    image(2, Duration.ofDays(1));
    keep(1, Set.of());
    assertEquals(List.of("r.example/a:9"), left());
  }

  @Test
  void whatIsUsedOrFreshOrFromHereStays() throws IOException {
    StoredImage used = image(1, Duration.ofDays(9), "r.example/a:used", withDigest(1));
    image(2, Duration.ofMinutes(5), "r.example/a:fresh", withDigest(2));
    image(3, Duration.ofDays(9), "made-here");
    image(4, Duration.ofDays(9), "r.example/a:goes", withDigest(4));
    keep(0, Set.of(used.id().toString()));
    assertEquals(List.of("r.example/a:used", "r.example/a:fresh", "made-here"), left());
  }

  @Test
  void whatNoImageNeedsGoesBeforeImages() throws IOException {
    image(1, Duration.ofDays(9), "r.example/a:1", withDigest(1));
    byte[] garbage = new byte[2 * SIZE];
    Arrays.fill(garbage, (byte) 7);
    store.blobs().add(Descriptor.of("", garbage), garbage);
    keep(1, Set.of());
    assertEquals(List.of("r.example/a:1"), left());
    assertEquals(3, store.blobs().list().size());
  }

  private Descriptor garbage(int seed, Duration ago) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    Descriptor descriptor = Descriptor.of("", bytes);
    Path file = store.blobs().add(descriptor, bytes).file();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    return descriptor;
  }

  @Test
  void whatNoImageNeedsStaysWhereThereIsRoomElseTheOldestOfItGoes() throws IOException {
    image(1, Duration.ofDays(9), "r.example/a:1", withDigest(1));
    Descriptor younger = garbage(20, Duration.ofHours(2));
    Descriptor older = garbage(21, Duration.ofHours(3));
    keep(2, Set.of());
    assertEquals(5, store.blobs().list().size());
    store.keepWithin(3L * SIZE + SIZE / 2, REST, Set::of);
    assertTrue(store.blobs().find(younger.digest()).isPresent());
    assertTrue(store.blobs().find(older.digest()).isEmpty());
    assertEquals(List.of("r.example/a:1"), left());
  }

  @Test
  void whatComesLaterIsMadeRoomFor() throws IOException {
    image(1, Duration.ofDays(9), "r.example/a:1", withDigest(1));
    keep(1, Set.of());
    try (Hold _ = store.hold()) {
      image(2, Duration.ZERO, "r.example/a:2", withDigest(2));
      assertEquals(2, left().size());
    }
    assertEquals(List.of("r.example/a:2"), left());
  }

  @Test
  void whoAsksForAnImageKeepsIt() throws IOException {
    image(1, Duration.ofDays(9), "r.example/a:1", withDigest(1));
    image(2, Duration.ofDays(5), "r.example/a:2", withDigest(2));
    new LocalImages(new NoImages(), store).require("r.example/a:1");
    keep(1, Set.of());
    assertEquals(List.of("r.example/a:1"), left());
  }

  private static final class NoImages implements dev.davit.image.Images {
    @Override
    public java.util.Optional<dev.davit.image.Image> find(String reference) {
      var _ = Reference.parse(reference);
      return java.util.Optional.empty();
    }

    @Override
    public List<dev.davit.image.Image> list() {
      return List.of();
    }
  }
}
