package dev.davit.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@dev.davit.test.Kernel
class CopyUpKernelTest {
  @TempDir Path directory;
  private Path root;
  private Path source;
  private Path data;

  @BeforeEach
  void places() throws IOException {
    root = directory.resolve("root");
    source = Files.createDirectories(root.resolve("srv/data"));
    data = Files.createDirectories(directory.resolve("volume/_data"));
  }

  private void copy(String path) {
    try (var rootfs = Kernel.open(root.toString(), Open.PATH | Open.DIRECTORY, 0)) {
      CopyUp.copy(rootfs, path, data);
    }
  }

  private static Fd open(Path path) {
    return Kernel.open(path.toString(), Open.RDONLY, 0);
  }

  private static Stat stat(Path path) {
    int flags = Open.PATH | Open.NOFOLLOW;
    try (var file = Kernel.open(path.toString(), flags, 0)) {
      return Stat.of(file);
    }
  }

  @Test
  void everythingIsAsInTheImage() throws IOException {
    Path file = Files.writeString(source.resolve("file"), "text");
    Files.createLink(source.resolve("other-name"), file);
    Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/shadow"));
    Path deep = Files.createDirectories(source.resolve("a/b"));
    Files.write(deep.resolve("big"), new byte[300_000]);
    try (var fd = open(file);
        var top = open(source)) {
      FileCalls.chown(fd, 1000, 1001);
      FileCalls.chmod(fd, 04750);
      Xattr.set(fd, "user.note", "hi".getBytes(UTF_8));
      FileCalls.chown(top, 70, 70);
      FileCalls.chmod(top, 0700);
      FileCalls.mknod(top, "fifo", Stat.FIFO | 0600, 0);
      FileCalls.mknod(top, "null", Stat.CHARACTER | 0666, (1L << 32) | 3);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_123));
    copy("/srv/data");
    Stat copied = stat(data.resolve("file"));
    assertEquals(04750, copied.permissions());
    assertEquals(List.of(1000, 1001), List.of(copied.uid(), copied.gid()));
    assertEquals(1_000_000_123, Files.getLastModifiedTime(data.resolve("file")).toMillis());
    assertEquals(copied.inode(), stat(data.resolve("other-name")).inode());
    assertEquals(Path.of("/etc/shadow"), Files.readSymbolicLink(data.resolve("link")));
    assertEquals(300_000, Files.size(data.resolve("a/b/big")));
    assertEquals(Stat.FIFO, stat(data.resolve("fifo")).type());
    assertFalse(Files.exists(data.resolve("null")));
    try (var fd = open(data.resolve("file"))) {
      assertArrayEquals("hi".getBytes(UTF_8), Xattr.get(fd, "user.note"));
    }
    Stat top = stat(data);
    assertEquals(List.of(70, 70, 0700), List.of(top.uid(), top.gid(), top.permissions()));
    try (var left = Files.list(data.getParent())) {
      assertEquals(List.of(data), left.toList());
    }
  }

  @Test
  void filledVolumesStayAsTheyAre() throws IOException {
    Files.writeString(source.resolve("file"), "image");
    Files.writeString(data.resolve("mine"), "kept");
    copy("/srv/data");
    assertFalse(Files.exists(data.resolve("file")));
  }

  @Test
  void missingDirectoriesAndFilesAreNothing() throws IOException {
    Files.writeString(source.resolve("file"), "image");
    copy("/srv/none");
    copy("/srv/data/file");
    assertTrue(Files.isDirectory(data));
    try (var found = Files.list(data)) {
      assertEquals(0, found.count());
    }
  }

  @Test
  void linkOutOfTheImageLeadsIntoTheImage() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("srv/up"), Path.of("../../outside"));
    Files.createSymbolicLink(root.resolve("srv/abs"), outside);
    copy("/srv/up");
    copy("/srv/abs");
    assertFalse(Files.exists(data.resolve("secret")));
  }

  @Test
  void strangeNamesAndDepthsAreCopiedAndRemoved() throws IOException {
    try (var top = open(source)) {
      // Not UTF-8: the byte 0xff.
      FileCalls.mkdir(top, "\udcff", 0755);
      deepen(top, 200);
    }
    copy("/srv/data");
    try (var copied = open(data);
        var place = open(directory)) {
      assertEquals(
          List.of("\udcff", "d"), FileCalls.names(copied).stream().sorted().toList().reversed());
      RemoveTree.remove(place, "volume");
    }
    assertFalse(Files.exists(data.getParent()));
  }

  private static void deepen(Fd directory, int depth) {
    FileCalls.mkdir(directory, "d", 0755);
    if (depth > 0) {
      try (var next = FileCalls.open(directory, "d", Open.RDONLY | Open.DIRECTORY, 0)) {
        deepen(next, depth - 1);
      }
    }
  }
}
