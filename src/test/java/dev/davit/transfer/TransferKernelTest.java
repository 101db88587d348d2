package dev.davit.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.content.LayerLimit;
import dev.davit.content.Loading;
import dev.davit.content.Store;
import dev.davit.content.StoredImage;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Credentials;
import dev.davit.registry.Registries;
import dev.davit.registry.site.Sites;
import dev.davit.test.CuttingProxy;
import dev.davit.test.Kernel;
import dev.davit.test.LocalRegistry;
import dev.davit.test.LocalRegistry.Options;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real docker-registry, into which skopeo puts the images: they are pulled, and pushed
/// back as they came.
@Kernel(needs = {"docker-registry", "skopeo"})
class TransferKernelTest {
  private static final Platform HERE = Platform.ofThisMachine();
  private static final Platform OTHER = Platform.parse("linux/riscv64");

  @TempDir private Path temp;
  private LocalRegistry server;
  private Registries registries;
  private Store store;
  private OciLayout layout;

  @BeforeEach
  void start() throws IOException {
    server = LocalRegistry.start(Files.createDirectory(temp.resolve("registry")), Options.PLAIN);
    registries = registries();
    store = Store.open(temp.resolve("images"), LayerLimit.USUAL);
    layout = new OciLayout(temp.resolve("layout"));
  }

  @AfterEach
  void stop() {
    registries.close();
    server.close();
  }

  private static Registries registries() {
    return Registries.open(new Sites(Map.of(), List.of()), Credentials.NONE, _ -> {});
  }

  private static byte[] layer(int seed, int size) {
    var random = new Random(seed);
    byte[] content = new byte[size];
    random.nextBytes(content);
    return new Tar().file("file" + seed, content).file("all", "layer " + seed).end();
  }

  private Reference name(String rest) {
    return Reference.parse(server.domain() + "/" + rest);
  }

  private Pulled pull(Reference asked) {
    return new Pulls(store, registries).pull(asked, Optional.empty(), HERE, Meter.NONE);
  }

  private void checkStore() {
    assertEquals(List.of(), store.verify().broken());
  }

  @Test
  void imageComesBackBitForBit() {
    Descriptor image = layout.image(HERE, layer(1, 70_000), layer(2, 3_000_000), layer(3, 5));
    layout.push(image, server.domain() + "/shop/web:1");
    var seen = new ArrayList<Long>();
    Reference asked = name("shop/web:1");

    Pulled pulled =
        new Pulls(store, registries)
            .pull(
                asked,
                Optional.empty(),
                HERE,
                (done, total) -> {
                  seen.add(done);
                  assertTrue(done <= total, done + " of " + total);
                });

    assertEquals(image.digest(), pulled.digest());
    assertTrue(pulled.isNew());
    assertEquals(List.of(asked, name("shop/web@" + image.digest())), pulled.image().names());
    assertEquals(seen.stream().sorted().toList(), seen);
    assertEquals(
        pulled.image().manifest().parts().mapToLong(Descriptor::size).sum(), seen.getLast());
    assertFalse(pull(asked).isNew());
    checkStore();

    Reference copy = name("copy/web:2");
    store.images().tag(pulled.image(), copy);
    Pushed pushed = new Pushes(store, registries).push(copy, Meter.NONE);
    assertEquals(image.digest(), pushed.document().digest());
    assertEquals(image.digest(), Digest.of(OciLayout.raw(server.domain() + "/copy/web:2")));
  }

  @Test
  void dockersManifestAndZstdLayersComeBackTooAndTheSamePlatformsIndex() {
    Descriptor image = layout.image(HERE, layer(4, 200_000), layer(5, 100));
    layout.push(image, server.domain() + "/docker:1", "--format", "v2s2");
    layout.push(
        layout.zstdImage(HERE, layer(4, 200_000), layer(15, 9)), server.domain() + "/zstd:1");
    layout.push(layout.index(image), server.domain() + "/single:1");
    for (String each : List.of("docker:1", "zstd:1", "single:1")) {
      byte[] raw = OciLayout.raw(server.domain() + "/" + each);
      Pulled pulled = pull(name(each));
      Reference copy = name("copy/" + each);
      store.images().tag(pulled.image(), copy);
      new Pushes(store, registries).push(copy, Meter.NONE);
      assertEquals(Digest.of(raw), pulled.digest(), each);
      assertEquals(
          Digest.of(raw), Digest.of(OciLayout.raw(server.domain() + "/copy/" + each)), each);
    }
    assertEquals(
        MediaType.DOCKER_MANIFEST,
        store.images().require(name("docker:1").toString()).manifest().mediaType());
    checkStore();
  }

  @Test
  void ofAnIndexOnePlatformComesAndTheIndexIsTheDigest() {
    byte[] shared = layer(6, 50_000);
    Descriptor mine = layout.image(HERE, shared, layer(7, 10));
    Descriptor other = layout.image(OTHER, shared, layer(8, 10));
    Descriptor index = layout.index(other, mine);
    layout.push(index, server.domain() + "/multi:1");

    Pulled pulled = pull(name("multi:1"));
    assertEquals(index.digest(), pulled.digest());
    assertEquals(mine.digest(), pulled.image().descriptor().digest());
    assertTrue(pulled.image().names().contains(name("multi@" + index.digest())));

    Pulled riscv =
        new Pulls(store, registries)
            .pull(name("multi@" + index.digest()), Optional.of(OTHER), HERE, Meter.NONE);
    assertEquals(other.digest(), riscv.image().descriptor().digest());
    assertEquals(
        List.of(name("multi:1")), store.images().require(name("multi:1").toString()).tags());

    var missing =
        assertThrows(
            DavitException.class,
            () ->
                new Pulls(store, registries)
                    .pull(
                        name("multi:1"),
                        Optional.of(Platform.parse("linux/s390x")),
                        HERE,
                        Meter.NONE));
    assertEquals(Kind.NOT_FOUND, missing.kind());
    assertTrue(missing.action().orElseThrow().contains("riscv64"), missing.action().toString());
    // An index of several of which one is here is not sent: the tag names the image.
    Reference copy = name("copy:1");
    store.images().tag(pulled.image(), copy);
    Pushed pushed = new Pushes(store, registries).push(copy, Meter.NONE);
    assertEquals(mine.digest(), pushed.document().digest());

    store.collect(0);
    assertTrue(
        store.blobs().find(index.digest()).isPresent(), "it is needed as long as the image is");
    checkStore();
  }

  @Test
  void imageForAnotherPlatformIsAWarningUnlessItWasAskedFor() {
    layout.push(layout.image(OTHER, layer(9, 10)), server.domain() + "/far:1");
    assertTrue(pull(name("far:1")).warning().orElseThrow().contains("is for linux/riscv64"));
    var refused =
        assertThrows(
            DavitException.class,
            () ->
                new Pulls(store, registries)
                    .pull(name("far:1"), Optional.of(HERE), HERE, Meter.NONE));
    assertEquals(Kind.NOT_FOUND, refused.kind());
  }

  @Test
  void brokenConnectionsGoOnFromWhereTheyWere() {
    byte[] large = layer(10, 4_000_000);
    Descriptor image = layout.image(HERE, large, layer(11, 100));
    layout.push(image, server.domain() + "/large:1");
    try (var proxy = new CuttingProxy(server.domain(), 1_000_000, 2)) {
      Pulled pulled = pull(Reference.parse(proxy.domain() + "/large:1"));
      assertEquals(image.digest(), pulled.digest());
      assertEquals(2, proxy.cuts());
      assertTrue(proxy.brought() < 5_000_000, proxy.brought() + " bytes were brought");
    }
    checkStore();
  }

  @Test
  void whatAMirrorHasBrokenComesFromTheRegistry() throws Exception {
    Descriptor image = layout.image(HERE, layer(30, 3_000_000), layer(31, 100));
    layout.push(image, server.domain() + "/both:1");
    Path directory = Files.createDirectory(temp.resolve("mirror"));
    try (var mirror = LocalRegistry.start(directory, Options.PLAIN)) {
      layout.push(image, mirror.domain() + "/both:1");
      spoilLargest(directory);
      var entry =
          new Sites.Entry(
              List.of(URI.create("http://" + mirror.domain())),
              false,
              false,
              List.of(),
              Optional.empty(),
              Set.of());
      var notes = new ArrayList<String>();
      var sites = new Sites(Map.of(server.domain(), entry), List.of());
      try (var mirrored = Registries.open(sites, Credentials.NONE, notes::add)) {
        var seen = new ArrayList<Long>();
        Pulled pulled =
            new Pulls(store, mirrored)
                .pull(name("both:1"), Optional.empty(), HERE, (done, _) -> seen.add(done));
        assertEquals(image.digest(), pulled.digest());
        assertEquals(
            pulled.image().manifest().parts().mapToLong(Descriptor::size).sum(), seen.getLast());
      }
      assertEquals(1, notes.size(), notes.toString());
      assertTrue(notes.getFirst().startsWith(mirror.domain()), notes.toString());
    }
    checkStore();
  }

  private static void spoilLargest(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }

  @Test
  void interruptedPullLeavesWhatItGotAndNoImage() throws Exception {
    Descriptor image = layout.image(HERE, layer(12, 4_000_000), layer(13, 3_000_000));
    layout.push(image, server.domain() + "/large:1");
    var halfway = new CountDownLatch(1);
    var failure = new ArrayList<DavitException>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new Pulls(store, registries)
                        .pull(
                            name("large:1"),
                            Optional.empty(),
                            HERE,
                            (done, total) -> {
                              if (done > total / 3) {
                                halfway.countDown();
                                Thread.currentThread().interrupt();
                              }
                            });
                  } catch (DavitException e) {
                    failure.add(e);
                  }
                });
    halfway.await();
    thread.interrupt();
    thread.join();
    assertEquals(Kind.UNAVAILABLE, failure.getFirst().kind());
    assertEquals(List.of(), store.images().list());
    checkStore();
    try (Stream<Path> left = Files.list(temp.resolve("images/layers"))) {
      assertEquals(
          List.of(), left.filter(it -> it.getFileName().toString().startsWith(".")).toList());
    }
    long[] first = {-1};
    new Pulls(store, registries)
        .pull(
            name("large:1"),
            Optional.empty(),
            HERE,
            (done, total) -> first[0] = done > 1000 && first[0] < 0 ? done : first[0]);
    assertTrue(first[0] > 200_000, "the first bytes were here already: " + first[0]);
    checkStore();
  }

  @Test
  void fullDiskStopsAPullThatGoesOnWhenThereIsSpace() throws Exception {
    Path small = Files.createDirectory(temp.resolve("small"));
    dev.davit.linux.Kernel.mount("davit-test", small.toString(), "tmpfs", 0, "size=3m");
    try {
      // The first disk has no room for the blob, the second none for what it unpacks to.
      byte[] zeros = new Tar().file("zeros", ones(9_000_000)).file("end", layer(15, 500_000)).end();
      Descriptor image = layout.image(HERE, zeros);
      layout.push(image, server.domain() + "/unpacked:1");
      layout.push(layout.image(HERE, layer(16, 5_000_000)), server.domain() + "/large:1");
      store = Store.open(small.resolve("images"), LayerLimit.USUAL);
      for (String asked : List.of("large:1", "unpacked:1")) {
        var full = assertThrows(DavitException.class, () -> pull(name(asked)));
        assertEquals(Kind.UNAVAILABLE, full.kind(), full.getMessage());
        String said = full.getMessage();
        assertTrue(said.contains("file system " + small + " (davit-test) has "), said);
        assertTrue(said.contains(" of 3 MB free, and "), said);
        assertTrue(said.contains("MB are still to come"), said);
        assertTrue(full.action().orElseThrow().contains("davit df"), full.toString());
        assertEquals(List.of(), store.images().list());
        checkStore();
        dev.davit.linux.Kernel.mount("none", small.toString(), null, 32, "size=30m"); // MS_REMOUNT
        long[] first = {-1};
        new Pulls(store, registries)
            .pull(
                name(asked),
                Optional.empty(),
                HERE,
                (done, _) -> first[0] = first[0] < 0 && done > 1000 ? done : first[0]);
        assertTrue(first[0] > 200_000, asked + ": the first bytes were here already: " + first[0]);
        checkStore();
        store.images().remove(store.images().list().getFirst());
        store.collect(0);
        dev.davit.linux.Kernel.mount("none", small.toString(), null, 32, "size=3m");
      }
    } finally {
      dev.davit.linux.Kernel.umount(small.toString(), 0);
    }
  }

  @Test
  void whatAFullDiskTookOfAPieceIsNotCounted() throws Exception {
    Path small = Files.createDirectory(temp.resolve("small"));
    dev.davit.linux.Kernel.mount("davit-test", small.toString(), "tmpfs", 0, "size=1m");
    try {
      store = Store.open(small.resolve("images"), LayerLimit.USUAL);
      byte[] bytes = layer(17, 3_000_000);
      try (var writer = store.blobs().write(Descriptor.of("", bytes))) {
        writer.write(bytes, 0, 100_000);
        assertThrows(
            DavitException.class, () -> writer.write(bytes, 100_000, bytes.length - 100_000));
        assertEquals(100_000, writer.offset());
        dev.davit.linux.Kernel.mount("none", small.toString(), null, 32, "size=9m");
        writer.write(bytes, 100_000, bytes.length - 100_000);
        writer.commit();
      }
      checkStore();
      dev.davit.linux.Kernel.mount("none", small.toString(), null, 32, "size=5m");
      Path archive = temp.resolve("large.tar");
      layout.archive(layout.image(HERE, layer(18, 4_000_000)), archive, "ex/large:1");
      var full =
          assertThrows(
              DavitException.class,
              () -> {
                try (var in = Files.newInputStream(archive)) {
                  new Loading(store, Optional.empty()).load(in);
                }
              });
      assertTrue(full.getMessage().contains("MB free"), full.getMessage());
    } finally {
      dev.davit.linux.Kernel.umount(small.toString(), 0);
    }
  }

  private static byte[] ones(int size) {
    var bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) 1);
    return bytes;
  }

  @Test
  void layersAreSharedAmongImagesThatComeAtOnce() throws Exception {
    byte[] shared = layer(14, 2_000_000);
    for (int i = 0; i < 3; i++) {
      layout.push(layout.image(HERE, shared, layer(20 + i, 1000)), server.domain() + "/many:" + i);
    }
    try (var proxy = new CuttingProxy(server.domain(), Long.MAX_VALUE, 0)) {
      var pulls = new Pulls(store, registries);
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 3; i++) {
        Reference asked = Reference.parse(proxy.domain() + "/many:" + i);
        threads.add(
            Thread.ofVirtual().start(() -> pulls.pull(asked, Optional.empty(), HERE, Meter.NONE)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertTrue(proxy.brought() < 3_000_000, proxy.brought() + " bytes were brought");
    }
    assertEquals(3, store.images().list().stream().map(StoredImage::id).distinct().count());
    checkStore();
  }

  @Test
  void whatIsNoImageIsRefusedBeforeItsLayersCome() {
    Descriptor config =
        layout.blob(
            "application/vnd.cncf.helm.config.v1+json",
            "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Descriptor chart =
        layout.blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip", new byte[9]);
    Descriptor artifact =
        layout.blob(
            MediaType.OCI_MANIFEST, dev.davit.image.Manifest.of(config, List.of(chart)).bytes());
    layout.push(artifact, server.domain() + "/chart:1");
    var refused = assertThrows(DavitException.class, () -> pull(name("chart:1")));
    assertEquals(Kind.INVALID, refused.kind());
    assertTrue(refused.getMessage().contains("no image"), refused.getMessage());
    assertEquals(List.of(), store.images().list());
  }

  @Test
  void digestIsNotPushedToAndAnImageThatIsNotHereNeither() {
    var pushes = new Pushes(store, registries);
    Reference exact = name("a@" + Digest.of(new byte[0]));
    assertEquals(
        Kind.INVALID,
        assertThrows(DavitException.class, () -> pushes.push(exact, Meter.NONE)).kind());
    assertEquals(
        Kind.NOT_FOUND,
        assertThrows(DavitException.class, () -> pushes.push(name("a:1"), Meter.NONE)).kind());
  }
}
