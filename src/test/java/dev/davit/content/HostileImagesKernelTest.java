package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.test.Tar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers that were made to reach the host: whatever the store does with them, a tree beside it
/// stays as it is, and the store is whole afterwards.
@dev.davit.test.Kernel
class HostileImagesKernelTest {
  private static final byte[] NOTHING = {};

  @TempDir private Path temp;
  private Path canary;
  private Store store;

  /// Writes what is tried at a place.
  private interface Attack {
    Tar at(Tar tar, String place);
  }

  @BeforeEach
  void open() throws IOException {
    canary = Files.createDirectories(temp.resolve("canary/directory"));
    Files.writeString(canary.resolve("file"), "alive");
    Files.writeString(canary.resolveSibling("file"), "alive");
    Files.createSymbolicLink(canary.resolveSibling("link"), Path.of("file"));
    store = Store.open(temp.resolve("images"), new LayerLimit(1 << 20, 10, 2000));
  }

  // Ways to name something outside.
  private List<String> places() {
    String absolute = canary.toString();
    String up = "../".repeat(12) + absolute.substring(1);
    return List.of(
        absolute,
        "/../../" + absolute,
        up,
        "./" + up,
        "a/../" + up,
        "a/b/../../../../../../../../../../../../.." + absolute,
        "out" + absolute,
        "out/../" + up,
        "up/canary/directory",
        "self/cwd/" + up,
        "proc/self/root" + absolute,
        "out/proc/1/root" + absolute);
  }

  // Links that a layer may have made before.
  private static Tar links() {
    return new Tar()
        .symlink("out", "/")
        .symlink("up", "../../../..")
        .symlink("self", "/proc/self")
        .symlink("proc", "/proc")
        .symlink("round", "round");
  }

  private static Map<String, Attack> attacks() {
    var attacks = new LinkedHashMap<String, Attack>();
    attacks.put("file", (tar, at) -> tar.file(at + "/file", "dead"));
    attacks.put("directory", (tar, at) -> tar.owner(1, 1).mode(0777).directory(at));
    attacks.put("replace", (tar, at) -> tar.file(at, "dead"));
    attacks.put("symlink", (tar, at) -> tar.symlink(at + "/file", "/etc/shadow"));
    attacks.put("device", (tar, at) -> tar.character(at + "/file", 1, 1));
    attacks.put("fifo", (tar, at) -> tar.fifo(at + "/file"));
    attacks.put("whiteout", (tar, at) -> tar.file(at + "/.wh.file", ""));
    attacks.put("whiteout of all", (tar, at) -> tar.file(at + "/.wh..", ""));
    attacks.put("opaque", (tar, at) -> tar.file(at + "/.wh..wh..opq", ""));
    attacks.put("link", (tar, at) -> tar.hardlink("h", at + "/file").file("h", "dead"));
    attacks.put(
        "link beside",
        (tar, at) -> tar.directory(at).file(at + "/file", "x").hardlink("h", at + "/file"));
    attacks.put(
        "link changed",
        (tar, at) -> tar.hardlink("h", at + "/file").mode(0777).owner(1, 1).file("./h", "dead"));
    attacks.put("swapped", (tar, at) -> tar.directory("d").symlink("d", at).file("d/file", "dead"));
    attacks.put("written through", (tar, at) -> tar.symlink("s", at + "/file").file("s", "dead"));
    attacks.put(
        "changed through", (tar, at) -> tar.symlink("s", at).owner(1, 1).mode(0777).directory("s"));
    attacks.put("whiteout through", (tar, at) -> tar.symlink("s", at).file("s/.wh.file", ""));
    attacks.put(
        "link to a symlink",
        (tar, at) -> tar.symlink("s", at).hardlink("t", "s").file("t/file", "dead"));
    return attacks;
  }

  private static Map<String, byte[]> broken() {
    var layers = new TreeMap<String, byte[]>();
    for (String name : List.of("", ".", "..", "/", "./", "../", "//", "./..", ".wh.", ".wh..")) {
      for (char type = '0'; type <= '7'; type++) {
        layers.put(
            "\"" + name + "\" of type " + type,
            new Tar().entry(type, name, "x", 0, NOTHING, 0777).end());
      }
    }
    layers.put("whiteout as directory", new Tar().directory(".wh.x/").end());
    layers.put("entry in a whiteout", new Tar().file(".wh.x/y", "").end());
    layers.put("link to itself", new Tar().hardlink("x", "x").end());
    layers.put("link to the root", new Tar().hardlink("x", ".").end());
    layers.put("link to a directory", new Tar().directory("d").hardlink("x", "d").end());
    layers.put("round", links().file("round/x", "").end());
    layers.put("below a file", new Tar().file("f", "").file("f/x", "").end());
    layers.put("zero byte", new Tar().pax("path", "a\0b").file("x", "").end());
    layers.put("long name", new Tar().file("x".repeat(300), "").end());
    layers.put("deep path", new Tar().file("d/".repeat(5000) + "x", "").end());
    layers.put("huge header", new Tar().pax("k", "x".repeat(2 << 20)).file("x", "").end());
    layers.put("negative size", new Tar().pax("size", "-512").file("x", "").end());
    layers.put("size of no number", new Tar().pax("size", "9e9").file("x", "").end());
    layers.put("cut off", new Tar().header('0', "x", "", 0, 1 << 19, 0644).end());
    layers.put("too large", new Tar().header('0', "x", "", 0, 7L << 30, 0644).end());
    layers.put("endless hole", sparse("99999999999999", "", "").end());
    layers.put("pieces over each other", sparse("9", "0,2,1,2", "abcd").end());
    layers.put("unknown type", new Tar().entry('Z', "x", "", 0, NOTHING, 0).end());
    layers.put("no archive", "no archive at all".repeat(100).getBytes(UTF_8));
    layers.put("three bytes", new byte[] {1, 2, 3});
    layers.put("nothing", NOTHING);
    layers.put("zeros", new byte[4 << 20]);
    layers.put("bytes", new Tar().file("x", new byte[3 << 20]).end());
    var many = new Tar();
    for (int i = 0; i < 3000; i++) {
      many.file("f" + i, "");
    }
    layers.put("many entries", many.end());
    return layers;
  }

  private static Tar sparse(String size, String map, String content) {
    return new Tar().pax("GNU.sparse.size", size).pax("GNU.sparse.map", map).file("x", content);
  }

  @Test
  void nothingReachesTheHost() throws IOException {
    Map<String, String> before = snapshot();
    int tried = 0;
    for (String place : places()) {
      for (var attack : attacks().entrySet()) {
        String name = attack.getKey() + " at " + place;
        take(name, attack.getValue().at(links(), place).end());
        take(name, links().end(), attack.getValue().at(new Tar(), place).end());
        assertEquals(before, snapshot(), name);
        tried += 2;
      }
    }
    for (var layer : broken().entrySet()) {
      take(layer.getKey(), layer.getValue());
      assertEquals(before, snapshot(), layer.getKey());
      tried++;
    }
    assertTrue(tried >= 400, tried + " layers");
    assertTrue(store.layers().list().size() > 100, "some are harmless where they are");
    assertEquals(List.of(), store.verify().broken());
    try (Stream<Path> left = Files.list(temp.resolve("images/layers"))) {
      assertEquals(0, left.filter(it -> it.getFileName().toString().startsWith(".")).count());
    }
  }

  // Taken or refused; anything but a reason would be a defect.
  private void take(String name, byte[]... layers) {
    try {
      TestImage.of(layers).unpackedInto(store);
    } catch (DavitException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10, name);
    } catch (RuntimeException e) {
      throw new AssertionError(name, e);
    }
  }

  @Test
  void whatNoLayerMayHaveIsRefused() {
    var layers = new LinkedHashMap<String, byte[]>();
    layers.put("above the root", new Tar().file("../x", "").end());
    layers.put("above the root by a detour", new Tar().file("d/../../x", "").end());
    layers.put("whiteout of nothing", new Tar().file("d/.wh.", "").end());
    layers.put("whiteout of itself", new Tar().file("d/.wh..", "").end());
    layers.put("whiteout of the parent", new Tar().file("d/.wh...", "").end());
    layers.put("entry in a whiteout", new Tar().file(".wh.x/y", "").end());
    layers.put("link to what is not there", new Tar().hardlink("h", "not/there").end());
    layers.put("zero byte", new Tar().pax("path", "a\0b").file("x", "").end());
    layers.forEach(
        (name, layer) -> {
          var image = TestImage.of(layer);
          assertThrows(DavitException.class, () -> image.unpackedInto(store), name);
        });
  }

  @Test
  void entriesAreCountedEvenIfTheyAreSmall() {
    var limited = Store.open(temp.resolve("limited"), new LayerLimit(1L << 30, 100, 100));
    var tar = new Tar();
    for (int i = 0; i < 101; i++) {
      tar.directory("d" + i);
    }
    var image = TestImage.of(tar.end());
    var e = assertThrows(DavitException.class, () -> image.unpackedInto(limited));
    assertTrue(String.valueOf(e.getMessage()).contains("100 entries"), e.getMessage());
  }

  @Test
  void bombsAreRefused() {
    Map<String, byte[]> layers = broken();
    for (String name :
        List.of("too large", "endless hole", "zeros", "bytes", "many entries", "huge header")) {
      var image = TestImage.of(layers.getOrDefault(name, NOTHING));
      assertThrows(DavitException.class, () -> image.unpackedInto(store), name);
    }
    var members = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      members.writeBytes(Tar.gzip(new byte[1 << 16]));
    }
    byte[] zeros = new byte[100 << 16];
    var image = TestImage.of("{}", List.of(zeros), List.of(members.toByteArray()));
    assertThrows(DavitException.class, () -> image.unpackedInto(store));
  }

  private Map<String, String> snapshot() throws IOException {
    var files = new TreeMap<String, String>();
    var paths = new ArrayList<Path>();
    try (Stream<Path> found = Files.walk(temp.resolve("canary"))) {
      found.forEach(paths::add);
    }
    for (Path path : paths) {
      var attributes =
          new TreeMap<>(Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
      attributes.remove("lastAccessTime");
      boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
      files.put(path.toString(), attributes + (regular ? Files.readString(path) : ""));
    }
    return files;
  }
}
