package dev.davit.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageSpec.History;
import dev.davit.image.Platform;
import dev.davit.image.Rootfs;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Xattr;
import dev.davit.test.CanaryTree;
import dev.davit.test.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives that were made to reach the host when somebody loads or imports them, and when the
/// layers that come of it are put on top of each other.
@dev.davit.test.Kernel
class HostileLoadKernelTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path temp;
  private CanaryTree canary;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    canary = CanaryTree.make(temp.resolve("canary"));
    store = Store.open(temp.resolve("images"), new LayerLimit(1 << 20, 10, 2000));
  }

  @AfterEach
  void theStoreIsWholeAndHasNothingOfTheHost() throws IOException {
    canary.check("at the end");
    assertEquals(List.of(), store.verify().broken());
    try (Stream<Path> files = Files.walk(temp.resolve("images"))) {
      for (Path file :
          files.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String text = Files.readString(file, ISO_8859_1);
        assertFalse(text.contains(CanaryTree.SONG), () -> file + " is of the host");
      }
    }
  }

  private static byte[] archive(byte[]... layers) {
    var manifest = new ArrayList<String>();
    var tar = new Tar();
    var ids = new ArrayList<String>();
    for (int i = 0; i < layers.length; i++) {
      tar.file(i + ".tar", layers[i]);
      manifest.add("\"" + i + ".tar\"");
      ids.add("\"" + dev.davit.image.Digest.of(layers[i]) + "\"");
    }
    return tar.file("config.json", config(ids))
        .file("manifest.json", manifest("config.json", manifest))
        .end();
  }

  private static String config(List<String> diffIds) {
    return "{\"os\":\"linux\",\"architecture\":\"%s\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":%s}}"
        .formatted(Platform.ofThisMachine().architecture(), diffIds);
  }

  private static String manifest(String config, List<String> layers) {
    return "[{\"Config\":\"%s\",\"RepoTags\":[\"hostile:1\"],\"Layers\":%s}]"
        .formatted(config, layers);
  }

  private void load(byte[] archive) throws IOException {
    new Loading(store, Optional.empty()).load(new ByteArrayInputStream(archive));
  }

  // Taken or refused; anything but a reason would be a defect.
  private boolean tryLoad(String name, byte[] archive) throws IOException {
    try {
      load(archive);
      return true;
    } catch (DavitException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10, name);
      return false;
    }
  }

  @Test
  void noLayerThatIsLoadedOrImportedReachesTheHost() throws IOException {
    int taken = 0;
    int tried = 0;
    for (String place : HostileLayers.places(canary.directory())) {
      for (var attack : HostileLayers.attacks().entrySet()) {
        String name = attack.getKey() + " at " + place;
        byte[] together = attack.getValue().at(HostileLayers.links(), place).end();
        byte[] apart = attack.getValue().at(new Tar(), place).end();
        taken += tryLoad(name, archive(HostileLayers.links().end(), apart)) ? 1 : 0;
        taken += tryImport(name, together) ? 1 : 0;
        canary.check(name);
        tried += 2;
      }
    }
    assertTrue(tried >= 400, tried + " layers");
    assertTrue(taken > 50 && taken < tried, taken + " are harmless where they are");
  }

  private boolean tryImport(String name, byte[] layer) {
    try {
      var how = new History(Instant.EPOCH, "import", "", "", false);
      new Making(store)
          .make(
              Optional.empty(),
              Making.of(new ByteArrayInputStream(layer)),
              new Making.Outline(
                  Platform.ofThisMachine(), "", ImageConfig.of(List.of(), List.of()), how),
              List.of());
      return true;
    } catch (DavitException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10, name);
      return false;
    }
  }

  @Test
  void noPartOfAnArchiveIsAFileOfTheHost() throws IOException {
    String file = canary.file().toString();
    String up = "../".repeat(12) + file.substring(1);
    for (String place : List.of(file, up, "/" + file, "x/../" + up, "/proc/self/root" + file)) {
      var attacks = new LinkedHashMap<String, Tar>();
      attacks.put(
          "layer",
          new Tar()
              .file("c", config(List.of()))
              .file("manifest.json", manifest("c", List.of("\"" + place + "\""))));
      attacks.put("config", new Tar().file("manifest.json", manifest(place, List.of())));
      attacks.put(
          "link as layer",
          new Tar()
              .symlink("l", place)
              .file("c", config(List.of()))
              .file("manifest.json", manifest("c", List.of("\"l\""))));
      attacks.put(
          "link as config",
          new Tar().symlink("c", place).file("manifest.json", manifest("c", List.of())));
      attacks.put(
          "hard link as config",
          new Tar().hardlink("c", place).file("manifest.json", manifest("c", List.of())));
      attacks.put("link as manifest", new Tar().symlink("manifest.json", place));
      attacks.put("link as index", new Tar().symlink("index.json", place));
      attacks.put(
          "blobs elsewhere",
          new Tar()
              .symlink("blobs", place)
              .file("index.json", "{\"schemaVersion\":2,\"manifests\":[]}"));
      attacks.put("file", new Tar().file(place, "dead").file("manifest.json", "[]"));
      for (var attack : attacks.entrySet()) {
        String name = attack.getKey() + " at " + place;
        tryLoad(name, attack.getValue().end());
        canary.check(name);
      }
    }
    assertEquals(
        List.of(), store.images().list().stream().flatMap(it -> it.names().stream()).toList());
  }

  @Test
  void aDirectoryIsLoadedWithoutFollowingItsLinks() throws IOException {
    Path layout = Files.createDirectories(temp.resolve("layout"));
    Files.createSymbolicLink(layout.resolve("c"), canary.file());
    Files.createSymbolicLink(layout.resolve("more"), canary.directory());
    for (String config : List.of("c", "more/file")) {
      Files.writeString(layout.resolve("manifest.json"), manifest(config, List.of()));
      assertThrows(
          DavitException.class, () -> new Loading(store, Optional.empty()).load(layout), config);
    }
  }

  /// What a layer says about itself must not be taken for what overlayfs says.
  @Test
  void noAttributeOfALayerIsForTheOverlay() throws IOException {
    var tar = new Tar();
    int tried = 0;
    for (String prefix : List.of("SCHILY.xattr.", "LIBARCHIVE.xattr.")) {
      for (String space : List.of("trusted.overlay.", "user.overlay.", "trusted.", "security.")) {
        for (String name :
            List.of("redirect", "metacopy", "opaque", "origin", "upper", "whiteout", "ima", "x")) {
          String value = name.equals("opaque") ? "y" : canary.file().toString();
          tar.pax(prefix + space + name, value).directory("d" + tried);
          tar.pax(prefix + space + name, value).file("f" + tried, "");
          tried++;
        }
      }
    }
    tar.pax("SCHILY.xattr.user.note", "kept").file("note", "");
    StoredImage image = TestImage.of(tar.end()).into(store, "hostile:1");
    Path layer = store.layers().lowerdirs(image.spec().chainIds()).getFirst();
    var attributes = new ArrayList<String>();
    try (Stream<Path> files = Files.list(layer)) {
      for (Path file : files.toList()) {
        try (Fd fd = Kernel.open(file.toString(), Open.RDONLY, 0)) {
          attributes.addAll(Xattr.list(fd));
        }
      }
    }
    assertEquals(64, tried);
    // security.selinux is this machine's own, where it has one.
    attributes.remove("security.selinux");
    assertEquals(List.of("user.note"), attributes);
  }

  /// Layers on top of each other, mounted: no path in them leads to what is outside.
  @Test
  void layersOnTopOfEachOtherShowNothingOfTheHost() throws IOException {
    String file = canary.file().toString();
    var lower =
        new Tar()
            .symlink("etc", canary.directory().toString())
            .symlink("f", file)
            .directory("d")
            .file("d/x", "below");
    var upper =
        new Tar()
            .file("etc/file", "written")
            .file("d/.wh.x", "")
            .hardlink("h", "etc/file")
            .file("etc/.wh.link", "");
    if (!tryLoad("both", archive(lower.end(), upper.end()))) {
      throw new AssertionError("harmless layers are refused");
    }
    StoredImage image = store.images().require("hostile:1");
    try (Fd root = Rootfs.view(store.layers().lowerdirs(image.spec().chainIds()))) {
      assertEquals("written", read(root, "etc/file"));
      assertEquals("written", read(root, "h"));
      assertThrows(DavitException.class, () -> read(root, "d/x"));
      assertThrows(DavitException.class, () -> read(root, "f"));
    }
  }

  /// Later layers may turn anything into anything: that is no attack.
  @Test
  void whatIsALinkBelowMayBeAFileAboveAndTheOtherWayRound() throws IOException {
    var lower =
        new Tar()
            .symlink("link", canary.file().toString())
            .symlink("away", canary.directory().toString())
            .file("file", "file")
            .directory("directory")
            .file("directory/x", "x")
            .mode(04755)
            .file("program", "set-id");
    var upper =
        new Tar()
            .file("link", "file now")
            .directory("away")
            .file("away/file", "inside")
            .symlink("file", "link")
            .file("directory", "file now");
    load(archive(lower.end(), upper.end()));
    StoredImage image = store.images().require("hostile:1");
    List<Path> layers = store.layers().lowerdirs(image.spec().chainIds());
    try (Fd root = Rootfs.view(layers)) {
      assertEquals("file now", read(root, "link"));
      assertEquals("inside", read(root, "away/file"));
      assertEquals("file now", read(root, "file"));
      assertEquals("file now", read(root, "directory"));
    }
    Object mode = Files.getAttribute(layers.getLast().resolve("program"), "unix:mode");
    assertEquals(04755, (int) mode & 07777, "set-id stays, in a directory that is root's alone");
  }

  private static String read(Fd root, String path) throws IOException {
    long inside = Open.RESOLVE_IN_ROOT;
    try (Fd file = Kernel.openat2(root, path, Open.RDONLY, 0, inside)) {
      return Files.readString(Path.of("/proc/self/fd/" + file.number()));
    }
  }

  @Test
  void documentsWithoutEndAreRefusedSoon() {
    String deep = "[".repeat(1_000_000);
    String deepObjects = "{\"a\":".repeat(500_000);
    String many = "[" + "{\"Config\":\"c\",\"RepoTags\":[],\"Layers\":[]},".repeat(90_000) + "{}]";
    String digits = "[{\"Config\":" + "9".repeat(3_000_000) + "}]";
    String name = "[{\"Config\":\"" + "c".repeat(4_000_000) + "\",\"Layers\":[]}]";
    String layers = manifest("c", List.of("\"l\",".repeat(900_000) + "\"l\""));
    String large = "[" + " ".repeat(8 << 20) + "]";
    var manifests =
        Map.of(
            "deep",
            deep,
            "objects",
            deepObjects,
            "many",
            many,
            "digits",
            digits,
            "name",
            name,
            "layers",
            layers,
            "large",
            large);
    manifests.forEach(
        (what, manifest) -> {
          byte[] archive =
              new Tar()
                  .file("c", config(List.of()))
                  .file("l", new Tar().file("x", "").end())
                  .file("manifest.json", manifest)
                  .end();
          refusedSoon(what, archive);
        });
    for (String config :
        List.of(deep, deepObjects, digits, "null", "[]", "\"x\"", "{\"rootfs\":null}")) {
      byte[] archive =
          new Tar().file("c", config).file("manifest.json", manifest("c", List.of())).end();
      refusedSoon(config.substring(0, Math.min(10, config.length())), archive);
    }
    String index = "{\"schemaVersion\":2,\"manifests\":[";
    String entry = "{\"mediaType\":\"x\",\"digest\":\"sha256:" + "0".repeat(64) + "\",\"size\":1},";
    refusedSoon("index", new Tar().file("index.json", index + entry.repeat(30_000) + "{}]}").end());
  }

  private void refusedSoon(String what, byte[] archive) {
    assertTimeoutPreemptively(
        SOON, () -> assertThrows(DavitException.class, () -> load(archive), what), what);
  }

  @Test
  void indexesInEachOtherEnd() {
    var index = new Tar();
    String previous = "{\"schemaVersion\":2,\"manifests\":[]}";
    for (int i = 0; i < 50; i++) {
      byte[] bytes = previous.getBytes(UTF_8);
      var digest = dev.davit.image.Digest.of(bytes);
      index.file("blobs/sha256/" + digest.hex(), bytes);
      previous =
          ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":"
                  + "\"application/vnd.oci.image.index.v1+json\",\"digest\":\"%s\",\"size\":%d,"
                  + "\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}]}")
              .formatted(digest, bytes.length, Platform.ofThisMachine().architecture());
    }
    refusedSoon("indexes", index.file("index.json", previous).end());
  }
}
