package dev.davit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.test.CanaryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an image has in place of /etc/passwd must not make the engine wait, fill its memory or read
/// a file of the host.
@dev.davit.test.Kernel
class HostileUserFilesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path temp;
  private Path etc;

  @BeforeEach
  void make() throws IOException {
    etc = Files.createDirectories(temp.resolve("image/etc"));
    Files.writeString(etc.resolve("group"), "");
  }

  private UserIds find(String user) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          try (Fd root = Kernel.open(temp.resolve("image").toString(), Open.PATH, 0)) {
            return UserLookup.find(root, user);
          }
        });
  }

  private String refusal() {
    return String.valueOf(assertThrows(DavitException.class, () -> find("somebody")).getMessage());
  }

  private void node(int type, long device) {
    try (Fd directory = Kernel.open(etc.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
      FileCalls.mknod(directory, "passwd", type | 0644, device);
    }
  }

  @Test
  void aFifoIsNotWaitedFor() {
    node(Stat.FIFO, 0);
    assertTrue(refusal().contains("no regular file"), this::refusal);
  }

  @Test
  void aDeviceIsNotOpened() {
    node(Stat.CHARACTER, 1L << 8 | 5);
    assertTrue(refusal().contains("no regular file"), this::refusal);
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(etc.resolve("passwd"));
    assertTrue(refusal().contains("no regular file"), this::refusal);
  }

  @Test
  void aFileWithoutEndIsNotRead() throws IOException {
    try (var file = new java.io.RandomAccessFile(etc.resolve("passwd").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertTrue(refusal().contains("more than"), this::refusal);
  }

  @Test
  void aLinkLeadsWithinTheImage() throws IOException {
    CanaryTree canary = CanaryTree.make(temp.resolve("canary"));
    Path secret = canary.directory().resolveSibling("passwd");
    Files.writeString(secret, "somebody:x:4711:4711::/:/bin/sh\n");
    Files.createSymbolicLink(etc.resolve("passwd"), secret);
    assertTrue(refusal().contains("\"somebody\" is not in /etc/passwd"), this::refusal);
    Files.delete(etc.resolve("passwd"));
    Files.createSymbolicLink(etc.resolve("passwd"), Path.of("../../../../../.." + secret));
    assertTrue(refusal().contains("\"somebody\" is not in /etc/passwd"), this::refusal);
  }

  @Test
  void aLinkIntoProcIsNotFollowed() throws IOException {
    Files.createSymbolicLink(etc.resolve("passwd"), Path.of("/proc/self/root/etc/passwd"));
    assertTrue(refusal().length() > 10, this::refusal);
  }

  @Test
  void linesWithoutSenseArePassedOver() throws IOException {
    Files.writeString(
        etc.resolve("passwd"),
        "\n:::::::\nsomebody\nsomebody:x:-1:0::/:\nsomebody:x:99999999999:0::/:\n"
            + "somebody:x:7:8::/home:/bin/sh\nsomebody:x:0:0::/:\n"
            + "x".repeat(100_000)
            + "\n");
    assertEquals(7, find("somebody").uid());
  }
}
