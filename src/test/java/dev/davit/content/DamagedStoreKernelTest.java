package dev.davit.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.image.Image;
import dev.davit.image.Images;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.stored.Aside;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to one file of the store while nobody has it open: it opens, other images are
/// whole, and what was hurt is mended or can be pulled again.
@dev.davit.test.Kernel
class DamagedStoreKernelTest {
  private static final int TORN = 512;
  private static final TestImage HURT =
      TestImage.of(new Tar().file("etc/hurt", "one").end(), new Tar().file("top", "two").end());
  private static final TestImage OTHER = TestImage.of(new Tar().file("other", "three").end());
  // Davit's own image is no part of the store.
  private static final Images NONE =
      new Images() {
        @Override
        public Optional<Image> find(String reference) {
          return Optional.empty();
        }

        @Override
        public List<Image> list() {
          return List.of();
        }
      };

  @TempDir private Path temp;
  private int stores;

  @FunctionalInterface
  interface Fault {
    void befall(Path file) throws IOException;
  }

  /// What is expected of the image that was hurt.
  enum Outcome {
    SAME,
    NAMELESS,
    PULLED_AGAIN
  }

  /// @param files which are hurt
  record Kind(List<Path> files, Outcome outcome) {}

  private static Map<String, Fault> faults(Path file) throws IOException {
    var faults = new TreeMap<String, Fault>();
    faults.put("missing", DamagedStoreKernelTest::remove);
    faults.put("empty", it -> Files.write(it, new byte[0]));
    faults.put("zeros", it -> Files.write(it, new byte[(int) Files.size(it)]));
    faults.put("noise", it -> Files.write(it, new byte[] {1, 2, (byte) 200, '{'}));
    faults.put("other JSON", it -> Files.writeString(it, "{\"a\":[1,2,{\"b\":null}]}"));
    faults.put("null", it -> Files.writeString(it, "null"));
    faults.put("pipe", DamagedStoreKernelTest::pipe);
    faults.put("directory", DamagedStoreKernelTest::directory);
    for (int at = TORN; at < Files.size(file); at += TORN) {
      int length = at;
      faults.put(
          "torn at " + at, it -> Files.write(it, Arrays.copyOf(Files.readAllBytes(it), length)));
    }
    return faults;
  }

  private static void remove(Path file) {
    try (Fd parent = Kernel.open(file.getParent().toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
      RemoveTree.remove(parent, file.getFileName().toString());
    }
  }

  private static void pipe(Path file) throws IOException {
    remove(file);
    try {
      assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void directory(Path file) throws IOException {
    remove(file);
    Files.createDirectories(file.resolve("with/something"));
  }

  private static Map<String, Kind> kinds(Path directory, Store store, StoredImage hurt) {
    var kinds = new TreeMap<String, Kind>();
    Path list = directory.resolve("images.json");
    Path copy = directory.resolve("images.copy.json");
    Path layer = store.layers().path(hurt.spec().chainIds().getFirst());
    kinds.put("list", new Kind(List.of(list), Outcome.SAME));
    kinds.put("copy of the list", new Kind(List.of(copy), Outcome.SAME));
    kinds.put("both lists", new Kind(List.of(list, copy), Outcome.NAMELESS));
    kinds.put("boot", new Kind(List.of(directory.resolve("boot")), Outcome.SAME));
    kinds.put("layer.json", new Kind(List.of(layer.resolve("layer.json")), Outcome.SAME));
    kinds.put("manifest", blob(store, hurt.descriptor().digest()));
    kinds.put("config", blob(store, hurt.id()));
    return kinds;
  }

  private static Kind blob(Store store, dev.davit.image.Digest digest) {
    return new Kind(List.of(store.blobs().require(digest).file()), Outcome.PULLED_AGAIN);
  }

  private static String id(TestImage image) {
    return dev.davit.image.Digest.of(image.config()).toString();
  }

  private Path fresh() {
    return temp.resolve("store-" + stores++).resolve("images");
  }

  private static Store open(Path directory) {
    return Store.open(directory, LayerLimit.USUAL);
  }

  @TestFactory
  List<DynamicTest> nobodyElseSuffers() throws IOException {
    Path pattern = fresh();
    Store store = open(pattern);
    StoredImage hurt = HURT.into(store, "hurt:1");
    var tests = new ArrayList<DynamicTest>();
    for (String kind : kinds(pattern, store, hurt).keySet()) {
      Path file = kinds(pattern, store, hurt).get(kind).files().getFirst();
      faults(file)
          .forEach(
              (name, fault) ->
                  tests.add(DynamicTest.dynamicTest(kind + ": " + name, () -> cell(kind, fault))));
    }
    return tests;
  }

  private void cell(String name, Fault fault) throws Exception {
    Path directory = fresh();
    Store before = open(directory);
    StoredImage hurt = HURT.into(before, "hurt:1");
    OTHER.into(before, "other:1");
    List<String> files = files(before, hurt);
    Kind kind = kinds(directory, before, hurt).get(name);
    for (Path file : kind.files()) {
      fault.befall(file);
    }
    Store after = open(directory);
    if (name.equals("list") || name.equals("copy of the list")) {
      assertTrue(Files.isRegularFile(kind.files().getFirst()), "it is written again");
    }
    boolean named = kind.outcome() != Outcome.NAMELESS;
    StoredImage other = after.images().require(named ? "other:1" : id(OTHER));
    assertEquals(List.of(), after.verify(other).broken());
    if (kind.outcome() == Outcome.PULLED_AGAIN) {
      assertEquals(Optional.empty(), after.images().find("hurt:1"));
      assertEquals("hurt:1", new Aside(directory.getParent()).list().getFirst().thing().name());
      HURT.into(after, "hurt:1");
    }
    var images = new LocalImages(NONE, after);
    assertTrue(images.find(named ? "hurt:1" : hurt.id().toString()).isPresent());
    assertEquals(2, images.list().size());
    StoredImage now = after.images().require(hurt.id().toString());
    assertEquals(files, files(after, now));
    assertEquals(List.of(), after.verify().broken());
    after.images().tag(now, dev.davit.image.Reference.parse("hurt:2"));
    assertTrue(open(directory).images().find("hurt:2").isPresent());
  }

  private static List<String> files(Store store, StoredImage image) throws IOException {
    var files = new ArrayList<String>();
    for (var chainId : image.spec().chainIds()) {
      Path top = store.layers().files(chainId);
      try (Stream<Path> all = Files.walk(top)) {
        all.map(path -> top.relativize(path).toString()).sorted().forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void filesOfALayerThatAreGoneComeFromItsBlob() throws Exception {
    Path directory = fresh();
    Store store = open(directory);
    StoredImage hurt = HURT.into(store, "hurt:1");
    List<String> files = files(store, hurt);
    remove(store.layers().files(hurt.spec().chainIds().getLast()));
    remove(store.layers().path(hurt.spec().chainIds().getFirst()));
    Store after = open(directory);
    assertTrue(new LocalImages(NONE, after).find("hurt:1").isPresent());
    assertEquals(files, files(after, hurt));
    assertEquals(List.of(), after.verify().broken());
  }

  @Test
  void aListOfALaterDavitIsReadAsFarAsItGoesAndNeverReplaced() throws IOException {
    Path directory = fresh();
    StoredImage hurt = HURT.into(open(directory), "hurt:1");
    String later = "{\"format\":99,\"pictures\":[]}";
    Files.writeString(directory.resolve("images.json"), later);
    Files.writeString(directory.resolve("images.copy.json"), later);
    Store store = open(directory);
    assertTrue(store.images().find(hurt.id().toString()).isPresent());
    DavitException refused = assertThrows(DavitException.class, () -> store.images().remove(hurt));
    assertTrue(refused.getMessage().contains("written by a later Davit"), refused.getMessage());
    assertEquals(later, Files.readString(directory.resolve("images.json")));
  }

  @Test
  void whatLiesBesideTheContentIsNobodys() throws IOException {
    Path directory = fresh();
    HURT.into(open(directory), "hurt:1");
    Files.createDirectories(directory.resolve("layers/lost+found"));
    Files.writeString(directory.resolve("layers/sha256-12"), "");
    Files.createDirectories(directory.resolve("blobs/sha256/lost+found"));
    Files.createDirectories(directory.resolve("blobs/partial/new-dir/below"));
    Files.delete(directory.resolve("boot"));
    assertEquals(1, open(directory).images().list().size());
  }
}
