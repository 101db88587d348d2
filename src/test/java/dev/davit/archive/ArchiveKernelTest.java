package dev.davit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.test.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@dev.davit.test.Kernel
class ArchiveKernelTest {
  private static final Stat.Time TIME = new Stat.Time(1_700_000_000, 5);

  @TempDir private Path temp;
  private Path root;
  private Path outside;

  @BeforeEach
  void makeTrees() throws IOException {
    root = Files.createDirectories(temp.resolve("root"));
    outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("canary"), "alive");
  }

  private static Fd fd(Path path) {
    return Kernel.open(path.toString(), Open.PATH, 0);
  }

  private FileTree tree(FileTree.Mount... mounts) {
    return FileTree.of(fd(root), List.of(mounts));
  }

  private static Optional<String> path(FileTree tree, String path, boolean follow) {
    return tree.find(path, follow)
        .map(
            found -> {
              try (found) {
                return found.path();
              }
            });
  }

  @Test
  void symbolicLinksHaveTheTreesRootAsTheirs() throws IOException {
    Files.createDirectories(root.resolve("usr/lib"));
    Files.writeString(root.resolve("usr/lib/x"), "x");
    Files.createSymbolicLink(root.resolve("lib"), Path.of("/usr/lib"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../.." + outside));
    Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
    try (FileTree tree = tree()) {
      assertEquals(Optional.of("/usr/lib/x"), path(tree, "/lib/x", true));
      assertEquals(Optional.of("/usr/lib"), path(tree, "lib/", false));
      assertEquals(Optional.of("/lib"), path(tree, "/lib", false));
      assertEquals(Optional.of("/usr"), path(tree, "/lib/..", true));
      assertEquals(Optional.of("/"), path(tree, "/../../..", true));
      assertEquals(Optional.empty(), path(tree, "/up/canary", true));
      assertEquals(Optional.empty(), path(tree, "/usr/lib/x/y", true));
      assertThrows(DavitException.class, () -> tree.find("/round/x", true));
    }
  }

  @Test
  void mountsAreSeenWhereTheyBelongAndBehindLinks() throws IOException {
    Files.createDirectories(root.resolve("srv"));
    Files.createSymbolicLink(root.resolve("data"), Path.of("srv/data"));
    try (FileTree tree = tree(new FileTree.Mount("/srv/data", fd(outside), true))) {
      assertEquals(Optional.of("/srv/data/canary"), path(tree, "/data/canary", true));
      try (Found found = tree.find("/data/canary", true).orElseThrow();
          Found srv = tree.find("/srv", true).orElseThrow()) {
        assertTrue(found.readOnly());
        assertEquals(List.of("data"), tree.names(srv));
      }
    }
  }

  private byte[] pack(FileTree tree, String path, String name) throws IOException {
    var out = new ByteArrayOutputStream();
    try (Found start = tree.find(path, false).orElseThrow()) {
      Packing.pack(tree, start, name, out);
    }
    return out.toByteArray();
  }

  private static void unpack(Path into, byte[] tar, Unpacking.Options options) throws IOException {
    try (FileTree tree = FileTree.ofHost(into, true);
        Found top = tree.root()) {
      Unpacking.unpack(tree, top, new ByteArrayInputStream(tar), options);
    }
  }

  private static Unpacking.Options all() {
    return Unpacking.Options.container(new Owner.AsArchived());
  }

  private static Unpacking.Options ontoHost() {
    return Unpacking.Options.host(new Owner.Of(0, 0));
  }

  @Test
  void whatIsPackedComesOutAsItWas() throws Exception {
    Path from = Files.createDirectories(root.resolve("from/" + "deep/".repeat(40)));
    Files.writeString(from.resolve("file"), "hello".repeat(100_000));
    Files.createLink(root.resolve("from/again"), from.resolve("file"));
    Files.createSymbolicLink(root.resolve("from/link"), Path.of("x".repeat(200)));
    Files.setAttribute(from.resolve("file"), "unix:uid", 3_000_000);
    Files.setAttribute(from.resolve("file"), "unix:mode", 04755);
    Files.writeString(root.resolve("from/ümläut"), "");
    byte[] tar;
    try (FileTree tree = tree()) {
      tar = pack(tree, "/from", "to");
    }
    unpack(outside, tar, all());
    Path file = outside.resolve("to/" + "deep/".repeat(40) + "file");
    assertEquals(-1, Files.mismatch(from.resolve("file"), file));
    assertEquals(3_000_000, Files.getAttribute(file, "unix:uid"));
    assertEquals(04755, (int) Files.getAttribute(file, "unix:mode") & 07777);
    assertEquals(Files.getLastModifiedTime(from), Files.getLastModifiedTime(file.getParent()));
    assertEquals(Files.getAttribute(file, "unix:ino"), ino(outside.resolve("to/again")));
    assertEquals("x".repeat(200), Files.readSymbolicLink(outside.resolve("to/link")).toString());
    assertTrue(Files.exists(outside.resolve("to/ümläut")));
  }

  private static Object ino(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino");
  }

  @Test
  void tarOfTheHostReadsAndWritesTheSame() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c"), "c");
    try (FileTree tree = tree()) {
      Files.write(temp.resolve("x.tar"), pack(tree, "/a", "a"));
    }
    assertEquals("a/\na/b/\na/b/c\n", run("tar", "tf", temp.resolve("x.tar").toString()));
    for (String format : List.of("gnu", "pax", "ustar", "v7")) {
      Path out = Files.createDirectories(temp.resolve(format));
      run(
          "tar",
          "cf",
          temp.resolve("y.tar").toString(),
          "--format=" + format,
          "-C",
          root + "/a",
          ".");
      unpack(out, Files.readAllBytes(temp.resolve("y.tar")), all());
      assertEquals("c", Files.readString(out.resolve("b/c")), format);
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  private static TarEntry entry(String name, int type, String link, long size) {
    return new TarEntry(name, type, 0644, 0, 0, size, TIME, link, 0, Map.of());
  }

  private static byte[] archive(TarEntry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new TarOutput(bytes);
    for (TarEntry entry : entries) {
      out.header(entry);
      out.write("evil".getBytes(UTF_8), (int) entry.size());
      out.pad(entry.size());
    }
    out.end();
    return bytes.toByteArray();
  }

  /// Archives that want to write outside, by name, by symbolic link and by hard link.
  private Stream<byte[]> hostile() throws IOException {
    String canary = outside.resolve("canary").toString();
    return Stream.of(
        archive(entry("../outside/canary", Stat.REGULAR, "", 4)),
        archive(entry("a/../../outside/canary", Stat.REGULAR, "", 4)),
        archive(
            entry("dir", Stat.SYMLINK, outside.toString(), 0),
            entry("dir/canary", Stat.REGULAR, "", 4)),
        archive(
            entry("dir", Stat.SYMLINK, "../outside", 0), entry("dir/canary", Stat.REGULAR, "", 4)),
        archive(
            entry("dir", Stat.SYMLINK, "../outside", 0),
            entry("dir/", Stat.DIRECTORY, "", 0),
            entry("dir/canary", Stat.REGULAR, "", 4)),
        archive(entry("hard", TarEntry.LINK, canary, 0), entry("hard", Stat.REGULAR, "", 4)),
        archive(entry("hard", TarEntry.LINK, "../outside/canary", 0)),
        archive(
            entry("soft", Stat.SYMLINK, canary, 0),
            entry("hard", TarEntry.LINK, "soft", 0),
            entry("hard", Stat.REGULAR, "", 4)),
        archive(entry("canary", Stat.SYMLINK, canary, 0), entry("canary", Stat.REGULAR, "", 4)),
        archive(entry(outside + "/canary", Stat.REGULAR, "", 4)));
  }

  @Test
  void noArchiveWritesOutsideOfItsDirectory() throws IOException {
    int number = 0;
    for (byte[] tar : hostile().toList()) {
      for (Unpacking.Options options : List.of(ontoHost(), all())) {
        Path into = Files.createDirectories(temp.resolve("into" + number++));
        try {
          unpack(into, tar, options);
        } catch (DavitException refused) {
          // Either is right, as long as it stays inside.
        }
        assertEquals("alive", Files.readString(outside.resolve("canary")), "archive " + number);
        try (var files = Files.list(outside)) {
          assertEquals(1, files.count(), "archive " + number);
        }
      }
    }
  }

  @Test
  void theHostGetsNoDevicesAndNoSetIdPrograms() throws IOException {
    byte[] device = archive(entry("disk", Stat.BLOCK, "", 0));
    assertThrows(DavitException.class, () -> unpack(root, device, ontoHost()));
    assertFalse(Files.exists(root.resolve("disk"), LinkOption.NOFOLLOW_LINKS));
    var program = new TarEntry("sh", Stat.REGULAR, 06755, 0, 0, 4, TIME, "", 0, Map.of());
    unpack(root, archive(program), ontoHost());
    assertEquals(0755, (int) Files.getAttribute(root.resolve("sh"), "unix:mode") & 07777);
  }

  @Test
  void brokenArchivesAreRefused() throws IOException {
    byte[] whole = archive(entry("file", Stat.REGULAR, "", 4));
    byte[] wrong = whole.clone();
    wrong[0] = 'F';
    byte[] cut = java.util.Arrays.copyOf(whole, 514);
    for (byte[] tar : List.of(wrong, cut, new byte[] {1, 2, 3}, "x".repeat(512).getBytes(UTF_8))) {
      assertThrows(DavitException.class, () -> unpack(root, tar, all()));
    }
    try (var left = Files.list(root)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void directoriesAndFilesDoNotReplaceEachOther() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve("b"), "");
    byte[] file = archive(entry("a", Stat.REGULAR, "", 4));
    byte[] directory = archive(entry("b/", Stat.DIRECTORY, "", 0));
    assertThrows(DavitException.class, () -> unpack(root, file, all()));
    assertThrows(DavitException.class, () -> unpack(root, directory, all()));
  }

  /// Somebody exchanges a directory for a link to the outside while copies go in and out.
  @Test
  void nobodyWhoExchangesLinksMeanwhileMakesACopyLeaveTheTree() throws Exception {
    Path swapped = Files.createDirectories(root.resolve("v/swapped"));
    Path link = Files.createSymbolicLink(root.resolve("v/link"), outside);
    byte[] in = archive(entry("canary", Stat.REGULAR, "", 4), entry("new", Stat.REGULAR, "", 4));
    try (FileTree tree = tree();
        var exchange = Exchange.of(swapped, link)) {
      for (int i = 0; i < 2000; i++) {
        attempt(tree, in);
        assertEquals("alive", Files.readString(outside.resolve("canary")));
        assertFalse(Files.exists(outside.resolve("new")));
      }
      assertTrue(exchange.count() > 2000, () -> exchange.count() + " exchanges");
    }
  }

  private void attempt(FileTree tree, byte[] in) throws IOException {
    try {
      Optional<Found> found = tree.find("/v/swapped", true);
      if (found.isPresent()) {
        try (Found directory = found.get()) {
          if (directory.isDirectory()) {
            Unpacking.unpack(tree, directory, new ByteArrayInputStream(in), all());
          }
          assertFalse(new String(pack(tree, "/v", "v"), UTF_8).contains("alive"));
        }
      }
    } catch (DavitException exchangedMeanwhile) {
      // It must not get out; it need not succeed.
    }
  }
}
