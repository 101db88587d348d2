package dev.davit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Kernel
class RootfsKernelTest {
  private static final int MOST = 500;

  @TempDir private Path temp;

  // Each has a file of its own and one that all have, the topmost first.
  private List<Path> layers(int count) throws IOException {
    var layers = new ArrayList<Path>();
    for (int i = 0; i < count; i++) {
      // Longer names than any list of options has room for.
      Path layer = Files.createDirectories(temp.resolve("l".repeat(100) + ",:" + i));
      Files.writeString(layer.resolve("own-" + i), "");
      Files.writeString(layer.resolve("all"), Integer.toString(i));
      layers.add(layer);
    }
    return layers;
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(temp.resolve(name));
  }

  // As kernels since 6.7 are told their layers, and as those before are.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyLayersAreOneRoot(boolean singly) throws IOException {
    if (singly && !dev.davit.linux.Kernel.isAtLeast(6, 7)) {
      return;
    }
    for (int count : List.of(1, 16, 60, 150, MOST)) {
      List<Path> layers = layers(count);
      Path upper = directory("upper" + count);
      try (Fd root = Rootfs.mount(layers, List.of(upper, directory("work" + count)), singly)) {
        Path seen = root.magicLink();
        assertEquals("0", Files.readString(seen.resolve("all")));
        assertTrue(Files.exists(seen.resolve("own-" + (count - 1))));
        Files.delete(seen.resolve("own-0"));
        Files.writeString(seen.resolve("new"), "");
      }
      assertTrue(Files.exists(upper.resolve("new")));
      assertTrue(Files.exists(layers.getFirst().resolve("own-0")));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void viewOfManyLayersChangesNothing(boolean singly) throws IOException {
    if (singly && !dev.davit.linux.Kernel.isAtLeast(6, 7)) {
      return;
    }
    try (Fd root = Rootfs.mount(layers(150), List.of(), singly)) {
      assertTrue(Files.exists(root.magicLink().resolve("own-149")));
      assertThrows(IOException.class, () -> Files.writeString(root.magicLink().resolve("new"), ""));
    }
  }

  @Test
  void moreLayersThanOverlayfsTakesAreRefused() throws IOException {
    List<Path> layers = layers(MOST + 1);
    List<Path> writable = List.of(directory("u"), directory("w"));
    var e = assertThrows(DavitException.class, () -> Rootfs.mount(layers, writable, false));
    assertEquals("image has 501 layers, and overlayfs takes 500", e.getMessage());
  }

  @Test
  void nothingStaysMountedAtThePlaceOfTheMount() throws IOException {
    Path upper = directory("upper");
    try (Fd _ = Rootfs.mount(layers(60), List.of(upper, directory("work")), false)) {
      String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
      assertFalse(mounts.contains(upper.toString()), mounts);
    }
  }
}
