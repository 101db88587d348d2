package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.test.CanaryTree;
import dev.davit.test.Tar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private CanaryTree canary;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    canary = CanaryTree.make(temp.resolve("canary"));
    store = Store.open(temp.resolve("images"), new LayerLimit(1 << 20, 10, 2000));
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
    layers.put("round", HostileLayers.links().file("round/x", "").end());
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
    int tried = 0;
    for (String place : HostileLayers.places(canary.directory())) {
      for (var attack : HostileLayers.attacks().entrySet()) {
        String name = attack.getKey() + " at " + place;
        take(name, attack.getValue().at(HostileLayers.links(), place).end());
        take(name, HostileLayers.links().end(), attack.getValue().at(new Tar(), place).end());
        canary.check(name);
        tried += 2;
      }
    }
    for (var layer : broken().entrySet()) {
      take(layer.getKey(), layer.getValue());
      canary.check(layer.getKey());
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
}
