package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.ImageSpec;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@dev.davit.test.Kernel
class StoreKernelTest {
  @TempDir private Path temp;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("images"), LayerLimit.USUAL);
  }

  private Path only(StoredImage image) {
    return store.layers().files(image.spec().chainIds().getLast());
  }

  private static Stat stat(Path path) {
    try (Fd file = Kernel.open(path.toString(), Open.PATH | Open.NOFOLLOW, 0)) {
      return Stat.of(file);
    }
  }

  private void assertWhole() {
    assertEquals(List.of(), store.verify().broken());
  }

  @Test
  void imageWithoutItsLayersUnpackedIsNone() {
    byte[] tar = new Tar().file("a", "b").end();
    byte[] config =
        """
        {"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["%s"]}}"""
            .formatted(Digest.of(tar))
            .getBytes(UTF_8);
    Descriptor layer = Descriptor.of(MediaType.OCI_LAYER, tar);
    Descriptor described = Descriptor.of(MediaType.OCI_CONFIG, config);
    byte[] manifest = Manifest.of(described, List.of(layer)).bytes();
    Descriptor image = Descriptor.of(MediaType.OCI_MANIFEST, manifest);
    store.blobs().add(layer, tar);
    store.blobs().add(described, config);
    store.blobs().add(image, manifest);
    var refused =
        assertThrows(DavitException.class, () -> store.images().add(image, List.of(), List.of()));
    assertTrue(refused.getMessage().contains("not unpacked"), refused.getMessage());
    assertEquals(List.of(), store.images().list());
  }

  @Test
  void nothingIsKeptOfALayerThatIsNone() throws Exception {
    byte[] bytes = new byte[4 << 20];
    java.util.Arrays.fill(bytes, (byte) 'x');
    var spec =
        ImageSpec.parse(
            """
            {"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["%s"]}}"""
                .formatted(Digest.of(bytes))
                .getBytes(UTF_8));
    int piece = 1024;
    try (var writer = store.layers().write(spec, 0, Descriptor.of(MediaType.OCI_LAYER, bytes))) {
      var refused =
          assertThrows(
              DavitException.class,
              () -> {
                for (int at = 0; at < bytes.length; at += piece) {
                  writer.write(bytes, at, piece);
                  // The threads that look at it are behind.
                  Thread.sleep(1);
                }
              });
      assertEquals(Kind.INVALID, refused.kind(), refused.getMessage());
      assertEquals(0, writer.offset());
    }
    try (var parts = Files.list(temp.resolve("images/blobs/partial"))) {
      assertEquals(List.of(), parts.toList());
    }
  }

  @Test
  void layerIsUnpackedWithAllThatTarSays() throws IOException {
    StoredImage image =
        TestImage.of(
                new Tar()
                    .mode(01777)
                    .directory("tmp/")
                    .owner(7, 8)
                    .mode(02755)
                    .directory("g")
                    .owner(1000, 1001)
                    .mode(04755)
                    .pax("SCHILY.xattr.user.note", "n")
                    .pax("SCHILY.xattr.trusted.overlay.redirect", "/etc")
                    .pax("SCHILY.xattr.user.overlay.opaque", "y")
                    .file("g/set-id", "x")
                    .file("g/root", "x")
                    .hardlink("g/again", "g/set-id")
                    .symlink("g/link", "../../../etc/passwd")
                    .character("null", 1, 3)
                    .mode(0600)
                    .fifo("fifo")
                    .file("tmp/late", "y")
                    .end())
            .into(store, "a/b:1");
    Path root = only(image);
    assertEquals(01777, stat(root.resolve("tmp")).mode() & 07777);
    assertEquals(1_700_000_000, stat(root.resolve("tmp")).mtime().seconds());
    Stat file = stat(root.resolve("g/set-id"));
    assertEquals(
        List.of(04755, 1000, 1001, 2),
        List.of(file.mode() & 07777, file.uid(), file.gid(), file.links()));
    assertEquals(0, stat(root.resolve("g/root")).gid());
    assertEquals("../../../etc/passwd", Files.readSymbolicLink(root.resolve("g/link")).toString());
    assertEquals(1L << 32 | 3, stat(root.resolve("null")).rdev());
    assertEquals(Stat.FIFO | 0600, stat(root.resolve("fifo")).mode());
    try (Fd fd = Kernel.open(root.resolve("g/set-id").toString(), Open.RDONLY, 0)) {
      assertEquals(List.of("user.note"), Xattr.list(fd));
    }
    assertEquals(0755, stat(root).mode() & 07777);
    assertEquals(0700, stat(temp.resolve("images")).mode() & 07777);
    assertWhole();
  }

  @Test
  void whiteoutsAndOpaqueDirectoriesAreThoseOfOverlayfs() {
    StoredImage image =
        TestImage.of(
                new Tar().directory("d").file("d/old", "1").file("gone", "1").end(),
                new Tar()
                    .file(".wh.gone", "")
                    .directory("d")
                    .file("d/.wh..wh..opq", "")
                    .file("d/new", "2")
                    .file(".wh.tree", "")
                    .file("tree/implicit", "3")
                    .file(".wh..wh.plnk/7.7", "")
                    .end())
            .into(store);
    Path root = only(image);
    assertEquals(Stat.CHARACTER, stat(root.resolve("gone")).type());
    assertEquals(0, stat(root.resolve("gone")).rdev());
    for (String opaque : List.of("d", "tree")) {
      try (Fd fd = Kernel.open(root.resolve(opaque).toString(), Open.RDONLY, 0)) {
        assertArrayEquals(new byte[] {'y'}, Xattr.get(fd, "trusted.overlay.opaque"), opaque);
      }
    }
    assertFalse(Files.exists(root.resolve(".wh..wh.plnk")));
    assertWhole();
  }

  @Test
  void opaqueRootHidesAllLayersBelow() {
    StoredImage image =
        TestImage.of(
                new Tar().file("below", "1").end(),
                new Tar().file(".wh..wh..opq", "").file("middle", "2").end(),
                new Tar().file("top", "3").end())
            .into(store);
    assertEquals(2, store.layers().lowerdirs(image.spec().chainIds()).size());
  }

  @Test
  void directoryThatIsOnlyLedThroughIsAsBelow() {
    StoredImage image =
        TestImage.of(
                new Tar().owner(5, 6).mode(0750).directory("srv").end(),
                new Tar().file("srv/deep/file", "x").end())
            .into(store);
    Stat srv = stat(only(image).resolve("srv"));
    assertEquals(List.of(0750, 5, 6), List.of(srv.mode() & 07777, srv.uid(), srv.gid()));
    assertEquals(0755, stat(only(image).resolve("srv/deep")).mode() & 07777);
    assertWhole();
  }

  @Test
  void symbolicLinkOnTheWayLeadsWithinTheLayer() throws IOException {
    StoredImage image =
        TestImage.of(
                new Tar()
                    .directory("usr/lib")
                    .symlink("lib", "/usr/lib")
                    .file("lib/x", "x")
                    .time(1_600_000_000)
                    .directory("usr/lib")
                    .end())
            .into(store);
    assertEquals("x", Files.readString(only(image).resolve("usr/lib/x")));
    assertEquals(1_600_000_000, stat(only(image).resolve("usr/lib")).mtime().seconds());
    assertWhole();
  }

  @Test
  void holesStayHoles() throws IOException {
    byte[] map = "2\n1048576\n4\n2097152\n0\n".getBytes(UTF_8);
    byte[] content = java.util.Arrays.copyOf(java.util.Arrays.copyOf(map, 512), 516);
    System.arraycopy("data".getBytes(UTF_8), 0, content, 512, 4);
    byte[] tar =
        new Tar()
            .pax("GNU.sparse.major", "1")
            .pax("GNU.sparse.minor", "0")
            .pax("GNU.sparse.name", "real")
            .pax("GNU.sparse.realsize", "2097152")
            .file("GNUSparseFile.0/real", content)
            .pax("GNU.sparse.size", "4096")
            .pax("GNU.sparse.map", "0,2,4094,2")
            .file("older", "abcd")
            .file("plain", "p")
            .end();
    StoredImage image = TestImage.of(tar).into(store);
    Path real = only(image).resolve("real");
    assertEquals(2097152, Files.size(real));
    assertTrue(stat(real).allocated() < 65536);
    byte[] bytes = Files.readAllBytes(real);
    assertEquals("data", new String(bytes, 1048576, 4, UTF_8));
    byte[] older = Files.readAllBytes(only(image).resolve("older"));
    assertEquals("cd", new String(older, 4094, 2, UTF_8));
    assertEquals("p", Files.readString(only(image).resolve("plain")));
    assertWhole();
  }

  @Test
  void layerThatIsNotWhatTheConfigSaysIsRefused() throws IOException {
    byte[] tar = new Tar().file("a", "1").end();
    byte[] other = new Tar().file("a", "2").end();
    var image = TestImage.of("{}", List.of(other), List.of(Tar.gzip(tar)));
    var e = assertThrows(DavitException.class, () -> image.into(store));
    assertEquals(Kind.INVALID, e.kind());
    assertEquals(List.of(), store.layers().list());
    try (var left = Files.list(temp.resolve("images/layers"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void pullGoesOnWhereItStopped() {
    byte[] random = new byte[3_000_000];
    new java.util.Random(1).nextBytes(random);
    TestImage image = TestImage.of(new Tar().file("random", random).end());
    ImageSpec spec = ImageSpec.parse(image.config());
    byte[] layer = image.layers().getFirst();
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER_GZIP, layer);
    try (ContentWriter writer = store.layers().write(spec, 0, blob)) {
      writer.write(layer, 0, 1_000_000);
    }
    store = Store.open(temp.resolve("images"), LayerLimit.USUAL);
    try (ContentWriter writer = store.layers().write(spec, 0, blob)) {
      assertEquals(1_000_000, writer.offset());
    }
    image.into(store, "a");
    assertWhole();
  }

  @Test
  void namesAndIdsFindTheImage() {
    StoredImage one = TestImage.of(new Tar().file("1", "").end()).into(store, "x:1", "x:2");
    StoredImage two = TestImage.of(new Tar().file("2", "").end()).into(store, "x:2");
    assertEquals(one.id(), store.images().require("x:1").id());
    assertEquals(two.id(), store.images().require("x:2").id());
    assertEquals(two.id(), store.images().require(two.id().toString()).id());
    assertEquals(two.id(), store.images().require(two.id().brief()).id());
    var e = assertThrows(DavitException.class, () -> store.images().require("y"));
    assertEquals(Kind.NOT_FOUND, e.kind());
    var own = Reference.parse("davit/host:latest");
    assertThrows(DavitException.class, () -> store.images().tag(two, own));
    store.images().untag(Reference.parse("x:1"));
    store = Store.open(temp.resolve("images"), LayerLimit.USUAL);
    assertEquals(List.of(), store.images().require(one.id().toString()).names());
  }

  @Test
  void onlyWhatNoImageNeedsIsCollected() {
    byte[] shared = new Tar().file("shared", "s").end();
    StoredImage one = TestImage.of(shared, new Tar().file("1", "1").end()).into(store, "one");
    StoredImage two = TestImage.of(shared, new Tar().file("2", "2").end()).into(store, "two");
    store.images().remove(one);
    try (Hold _ = store.hold()) {
      assertTrue(store.collect(0).isEmpty());
      assertEquals(3, store.layers().list().size());
    }
    assertEquals(2, store.layers().list().size());
    assertWhole();
    store.images().remove(two);
    assertTrue(store.usage().reclaimable() > 0);
    Freed freed = store.collect(0).orElseThrow();
    assertEquals(2, freed.layers());
    assertEquals(List.of(), store.blobs().list());
  }

  @Test
  void damageIsFound() throws IOException {
    StoredImage image =
        TestImage.of(new Tar().directory("d").file("d/file", "content").end()).into(store, "x");
    Path file = only(image).resolve("d/file");
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "damaged");
    Files.setLastModifiedTime(file, time);
    assertEquals(1, store.verify().broken().size());
    assertBroken("d/file: has other content");
    Files.delete(file);
    assertBroken("d/file: is missing");
    Digest layer = image.manifest().layers().getFirst().digest();
    Files.writeString(store.blobs().require(layer).file(), "x");
    assertBroken(layer + " has other content");
    Files.delete(store.blobs().require(layer).file());
    assertBroken("lacks the blob " + layer);
  }

  private void assertBroken(String what) {
    StoredImage image = store.images().require("x");
    for (Verified verified : List.of(store.verify(), store.verify(image))) {
      boolean isSaid = verified.broken().stream().anyMatch(each -> each.contains(what));
      assertTrue(isSaid, verified.broken().toString());
    }
  }

  @Test
  void usageIsWhatDuSays() throws Exception {
    TestImage.of(new Tar().file("a", new byte[100_000]).hardlink("b", "a").end()).into(store, "x");
    var du = new ProcessBuilder("du", "-s", "--block-size=1", temp.resolve("images").toString());
    String said = new String(du.start().getInputStream().readAllBytes(), UTF_8);
    assertEquals(Long.parseLong(said.split("\t", 2)[0]), store.usage().total());
  }

  @Test
  void zstdAndPlainLayersAreRead() throws Exception {
    byte[] tar = new Tar().file("a", "a".repeat(1000)).end();
    var packed = new java.io.ByteArrayOutputStream();
    packed.writeBytes(new byte[] {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3});
    try (var zstd = new io.airlift.compress.zstd.ZstdOutputStream(packed)) {
      zstd.write(tar);
    }
    packed.writeBytes(new byte[] {0x5a, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 1});
    TestImage.of("{}", List.of(tar), List.of(packed.toByteArray())).into(store, "zstd");
    store.images().remove(store.images().require("zstd"));
    store.collect(0);
    TestImage.of("{}", List.of(tar), List.of(tar)).into(store, "plain");
    store.images().remove(store.images().require("plain"));
    store.collect(0);
    byte[] first = java.util.Arrays.copyOf(tar, 700);
    byte[] rest = java.util.Arrays.copyOfRange(tar, 700, tar.length);
    var members = new java.io.ByteArrayOutputStream();
    members.writeBytes(Tar.gzip(first));
    members.writeBytes(Tar.gzip(new byte[0]));
    members.writeBytes(Tar.gzip(rest));
    TestImage.of("{}", List.of(tar), List.of(members.toByteArray())).into(store, "members");
    assertWhole();
  }
}
