package dev.davit.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InRootTest {
  @TempDir Path directory;
  private Path inside;
  private Fd root;

  @BeforeEach
  void openRoot() throws IOException {
    inside = Files.createDirectory(directory.resolve("root"));
    Files.writeString(directory.resolve("secret"), "outside");
    root = Kernel.open(inside.toString(), Open.PATH | Open.DIRECTORY, 0);
  }

  @AfterEach
  void closeRoot() {
    root.close();
  }

  @Test
  void directoriesAreMadeWithTheirModeWhateverTheUmask() {
    try (var made = InRoot.ensureDirectory(root, "/a/b/../c", 0777)) {
      assertEquals(0777, Stat.of(made).permissions());
    }
    assertTrue(Files.isDirectory(inside.resolve("a/c")));
    assertFalse(Files.exists(inside.resolve("a/b")));
  }

  @Test
  void linksLeadNowhereOutside() throws IOException {
    Files.createSymbolicLink(inside.resolve("up"), Path.of("../../.."));
    Files.createSymbolicLink(inside.resolve("abs"), directory);
    try (var made = InRoot.ensureDirectory(root, "/up/made", 0755)) {
      assertEquals(Stat.DIRECTORY, Stat.of(made).type());
    }
    assertTrue(Files.isDirectory(inside.resolve("made")));
    assertTrue(InRoot.open(root, "/abs/secret", Open.PATH).isEmpty());
    assertThrows(SyscallException.class, () -> InRoot.ensureDirectory(root, "/abs/new", 0755));
    assertFalse(Files.exists(directory.resolve("new")));
  }

  @Test
  void filesAreMadeOnceAndKept() throws IOException {
    InRoot.ensureFile(root, "/etc/hosts", 0644).close();
    Files.writeString(inside.resolve("etc/hosts"), "text");
    InRoot.ensureFile(root, "/etc/hosts", 0644).close();
    assertArrayEquals("text".getBytes(UTF_8), InRoot.read(root, "/etc/hosts", 10).orElseThrow());
    var error = assertThrows(DavitException.class, () -> InRoot.ensureFile(root, "/etc", 0644));
    assertEquals("\"/etc\" is a directory in the image", error.getMessage());
  }

  @Test
  void readTakesSmallRegularFilesOnly() throws IOException {
    Files.writeString(inside.resolve("big"), "x".repeat(11));
    FileCalls.mknod(root, "fifo", Stat.FIFO | 0600, 0);
    for (String path : new String[] {"/big", "/fifo", "/"}) {
      var error = assertThrows(DavitException.class, () -> InRoot.read(root, path, 10));
      assertEquals(Kind.INVALID, error.kind(), path);
    }
    assertTrue(InRoot.read(root, "/none", 10).isEmpty());
  }
}
