package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@dev.davit.test.Kernel
class HostImageKernelTest {
  // Not below /tmp, which is hidden in any case.
  @TempDir(factory = InVarLib.class)
  Path directory;

  private Path upper;
  private HostImage images;

  @BeforeEach
  void layers() throws IOException {
    upper = Files.createDirectories(directory.resolve("upper"));
    Files.createDirectories(directory.resolve("work"));
    Files.createDirectories(directory.resolve("run"));
    images = new HostImage(directory.resolve("root"), directory.resolve("run"));
  }

  /// Where the run directory is on the root file system, old kernels need a mount for the mask.
  @AfterEach
  void nothingIsMounted() throws IOException {
    Path masks = Files.createDirectories(directory.resolve("run/images"));
    try (var found = Files.newDirectoryStream(masks)) {
      for (Path mask : found) {
        if (MaskLayer.device(mask) != MaskLayer.device(masks)) {
          Kernel.umount(mask.toString(), 0);
        }
      }
    }
  }

  private Fd rootfs() {
    return Rootfs.mount(images.require("davit/host").lowerdirs(), upper, directory.resolve("work"));
  }

  private static List<String> names(Fd root, String path) {
    try (var found = InRoot.open(root, path, Open.RDONLY | Open.DIRECTORY).orElseThrow()) {
      return FileCalls.names(found);
    }
  }

  private static Stat stat(Fd root, String path) {
    try (var found = InRoot.open(root, path, Open.PATH).orElseThrow()) {
      return Stat.of(found);
    }
  }

  @Test
  void privatePlacesAreEmptyAndProgramsAreThere() {
    try (var root = rootfs()) {
      for (String hidden : List.of("/root", "/home", "/run", "/tmp", "/proc", "/dev", "/boot")) {
        assertEquals(List.of(), names(root, hidden), hidden);
      }
      assertEquals(01777, stat(root, "/tmp").permissions());
      assertEquals(0, stat(root, "/etc/shadow").size());
      assertEquals(0, stat(root, "/etc/resolv.conf").size());
      assertEquals(Stat.REGULAR, stat(root, "/etc/resolv.conf").type());
      assertTrue(stat(root, "/usr/bin/env").size() > 0);
      assertTrue(stat(root, "/etc/passwd").size() > 0);
      assertFalse(names(root, "/var/lib").isEmpty());
    }
  }

  @Test
  void dataDirectoryIsHiddenWhereverItIs() throws IOException {
    Files.writeString(directory.resolve("seen"), "beside the data directory");
    Path secret = Files.createDirectories(directory.resolve("root")).resolve("secret");
    Files.writeString(secret, "x");
    try (var root = rootfs()) {
      boolean onRoot = MaskLayer.device(directory) == MaskLayer.device(Path.of("/"));
      assertEquals(onRoot, names(root, directory.toString()).contains("seen"));
      assertEquals(List.of(), names(root, directory.resolve("root").toString()));
      assertEquals(List.of(), names(root, directory.resolve("run").toString()));
    }
  }

  @Test
  void writesGoToTheUpperLayerOnly() throws IOException {
    try (var root = rootfs();
        var file = InRoot.ensureFile(root, "/etc/davit-test", 0640)) {
      assertEquals(0640, Stat.of(file).permissions());
    }
    assertTrue(Files.exists(upper.resolve("etc/davit-test")));
    assertFalse(Files.exists(Path.of("/etc/davit-test")));
  }

  @Test
  void userIsFoundInTheImage() {
    try (var root = rootfs()) {
      assertEquals(0, UserLookup.find(root, "root").uid());
      assertEquals("/root", UserLookup.find(root, "").home());
      assertEquals(65534, UserLookup.find(root, "nobody").uid());
    }
  }

  @Test
  void javaInAHiddenPlaceIsBoundAndReachable() throws IOException {
    Path java = Files.createDirectories(directory.resolve("root/jdk"));
    var image =
        new HostImage(directory.resolve("root"), directory.resolve("run"), java)
            .require("davit/host");
    assertEquals(List.of(java.toRealPath()), image.hostBinds());
    assertTrue(image.config().env().contains("JAVA_HOME=" + java.toRealPath()));
    Path layer = image.lowerdirs().getFirst();
    assertTrue(
        Files.getPosixFilePermissions(layer.resolve("." + directory.resolve("root")))
            .contains(PosixFilePermission.OTHERS_EXECUTE));
  }

  @Test
  void findTwiceMakesOneLayer() {
    assertEquals(images.require("davit/host"), images.require("docker.io/davit/host:latest"));
    assertEquals(
        images.require("davit/host"), images.find(images.list().getFirst().id()).orElseThrow());
  }

  @Test
  void manyLayersAreAsGoodAsFew() throws IOException {
    var layers = new ArrayList<Path>();
    for (int i = 0; i < 40; i++) {
      Path layer = Files.createDirectories(directory.resolve("layers/a-rather-long-name:" + i));
      Files.writeString(layer.resolve("top"), "layer " + i);
      Files.writeString(layer.resolve("f" + i), "");
      layers.add(layer);
    }
    try (var root = Rootfs.mount(layers, upper, directory.resolve("work"))) {
      assertEquals(41, names(root, "/").size());
      assertArrayEquals("layer 0".getBytes(UTF_8), InRoot.read(root, "/top", 100).orElseThrow());
    }
  }

  @Test
  void maskLiesInTheRunDirectoryWhereThatIsATmpfs() throws IOException {
    Path run = Files.createTempDirectory(Path.of("/dev/shm"), "davit-");
    try {
      images = new HostImage(directory.resolve("root"), run);
      var layers = images.require("davit/host").lowerdirs();
      assertEquals(run.resolve("images"), layers.getFirst().getParent());
      assertEquals(
          layers, new HostImage(directory.resolve("root"), run).require("davit/host").lowerdirs());
      try (var root = rootfs()) {
        assertEquals(List.of(), names(root, "/home"));
      }
    } finally {
      try (var parent = Kernel.open("/dev/shm", Open.PATH, 0)) {
        RemoveTree.remove(parent, run.getFileName().toString());
      }
    }
  }

  @Test
  void nothingIsMountedAfterwards() throws IOException {
    images.require("davit/host");
    String before = Files.readString(Path.of("/proc/self/mountinfo"));
    rootfs().close();
    assertEquals(before, Files.readString(Path.of("/proc/self/mountinfo")));
    try (var target = Kernel.open(directory.toString(), Open.PATH, 0)) {
      assertEquals(Stat.DIRECTORY, Stat.of(target).type());
    }
  }
}
