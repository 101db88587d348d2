package dev.davit.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A directory tree of the host that no container may reach: it is the same at the end as at the
/// beginning, in names, content, owners, modes and times.
public final class Canary {
  private final Path tree;
  private final String before;

  private Canary(Path tree) throws IOException {
    this.tree = tree;
    this.before = look();
  }

  /// A new tree at `tree`, with files and directories that everybody may write.
  public static Canary at(Path tree) throws IOException {
    Files.createDirectories(tree.resolve("directory/below"));
    Files.writeString(tree.resolve("file"), "CANARY");
    Files.writeString(tree.resolve("directory/below/file"), "CANARY");
    try (var all = Files.walk(tree)) {
      for (Path file : all.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
    }
    return new Canary(tree);
  }

  public Path path() {
    return tree;
  }

  /// Fails, showing the difference, if anything in it is another.
  public void assertUntouched() throws IOException {
    assertEquals(before, look());
  }

  private String look() throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return all.sorted().map(Canary::line).collect(Collectors.joining("\n"));
    }
  }

  private static String line(Path file) {
    try {
      var facts =
          Files.readAttributes(
              file, "unix:mode,uid,gid,nlink,ino,ctime,size", LinkOption.NOFOLLOW_LINKS);
      String content =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              ? HexFormat.of().formatHex(Files.readString(file).getBytes(UTF_8))
              : "";
      return file + " " + new java.util.TreeMap<>(facts) + " " + content;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
