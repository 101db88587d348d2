package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are too deep, too long, circular or no text give one clear message, soon and in
/// little memory; those that are only large load.
class HostileInputTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String WEB = "services: {web: {image: i}}\n";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[? ", "!x [", "&a ["})
  void moreThanAHundredLevelsAreRefused(String open) throws IOException {
    for (int depth : List.of(1000, 100_000)) {
      write("compose.yaml", "x-a:\n  " + open.repeat(depth));
      String message = error();
      assertTrue(message.contains("more than 100 levels of nesting"), message);
    }
  }

  @Test
  void indentationOfAThousandLevelsIsRefused() throws IOException {
    write(
        "compose.yaml",
        IntStream.range(0, 1000)
            .mapToObj(i -> " ".repeat(i) + "x-a:\n")
            .collect(Collectors.joining()));
    assertTrue(error().contains("more than 100 levels of nesting"));
  }

  @Test
  void aliasesOfAliasesAreRefused() throws IOException {
    write("compose.yaml", WEB + "x-0: &a0 [x, x]\n" + powers(i -> "[*a" + i + ", *a" + i + "]"));
    assertTrue(error().contains("aliases make the document too large"));
  }

  @Test
  void mergesOfMergesAreRefused() throws IOException {
    String keys =
        IntStream.range(0, 20_000).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining(", "));
    String merges =
        IntStream.range(0, 1000)
            .mapToObj(i -> "x-" + i + ": {<<: *a}\n")
            .collect(Collectors.joining());
    write("compose.yaml", WEB + "x-a: &a {" + keys + "}\n" + merges);
    assertTrue(error().contains("aliases make the document too large"));
  }

  private interface Power {
    String of(int below);
  }

  private static String powers(Power power) {
    return IntStream.range(0, 60)
        .mapToObj(i -> "x-%d: &a%d %s%n".formatted(i + 1, i + 1, power.of(i)))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${A:-", "${A-", "${A:?", "${A?", "${HOME+", "${HOME:+"})
  void tenThousandVariablesInsideOfEachOtherAreRefused(String open) throws IOException {
    String value = open.repeat(10_000) + "x" + "}".repeat(10_000);
    write("compose.yaml", "services: {web: {image: '" + value + "'}}\n");
    assertTrue(error().contains("more than 100 variables inside of each other"));
    write("compose.yaml", WEB);
    write(".env", "X=" + value + "\n");
    assertTrue(error().contains("more than 100 variables inside of each other"));
  }

  @Test
  void includesOfAThousandFilesAreRefused() throws IOException {
    for (int i = 0; i < 1000; i++) {
      write(i == 0 ? "compose.yaml" : i + ".yaml", "include: [" + (i + 1) + ".yaml]\n");
    }
    write("1000.yaml", WEB);
    assertTrue(error().contains("more than 50 files that include one another"));
  }

  @Test
  void aFileThatIncludesItselfByLinksIsACycle() throws IOException {
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));
    write("compose.yaml", "include: [loop/compose.yaml]\n" + WEB);
    assertTrue(error().contains("include cycle compose.yaml -> loop/compose.yaml"), error());
  }

  @Test
  void aServiceThatExtendsItselfByLinksIsACycle() throws IOException {
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));
    write(
        "compose.yaml",
        "services: {web: {image: i, extends: {file: loop/compose.yaml, service: web}}}\n");
    assertTrue(error().contains("extends cycle web -> web"), error());
  }

  @Test
  void tenThousandServicesThatExtendOneAnotherAreRefused() throws IOException {
    write("compose.yaml", "services:\n  s0: {image: i}\n" + services(10_000, "extends: s%d"));
    String message = error();
    assertTrue(message.contains("more than 100 services that extend one another"));
  }

  @Test
  void tenThousandServicesThatNeedOneAnotherLoad() throws IOException {
    String some = "image: i, depends_on: [s%d]";
    write("compose.yaml", "services:\n  s0: {image: i}\n" + services(10_000, some));
    assertEquals(10_000, load().project().services().size());
  }

  @Test
  void tenMegabytesLoad() throws IOException {
    write("compose.yaml", WEB + "x-a:\n" + "  - some text that is long enough\n".repeat(300_000));
    assertEquals(1, load().project().services().size());
  }

  private static String services(int count, String attributes) {
    return IntStream.range(1, count)
        .mapToObj(i -> "  s" + i + ": {" + attributes.formatted(i - 1) + "}\n")
        .collect(Collectors.joining());
  }

  @Test
  void thousandsOfFilesLoad() throws IOException {
    write("compose.yaml", WEB);
    String[] names = IntStream.range(0, 3000).mapToObj(_ -> "compose.yaml").toArray(String[]::new);
    assertEquals(1, load(names).project().services().size());
  }

  @Test
  void aHugeEnvironmentFileLoads() throws IOException {
    write("compose.yaml", WEB);
    write(
        ".env",
        IntStream.range(0, 100_000)
            .mapToObj(i -> "KEY_" + i + "=${KEY_0:-x}$NOPE\n")
            .collect(Collectors.joining()));
    assertEquals(1, load().project().services().size());
  }

  @Test
  void stdinWithoutEndIsRefused() {
    InputStream zeros =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return length;
          }
        };
    var error = assertThrows(DavitException.class, () -> ComposeLoader.stdin(zeros));
    assertEquals("file \"stdin\" cannot be read: it is larger than 64 MB", error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"env_file", "label_file"})
  void whatIsNoFileIsRefusedWhereItIsNamed(String attribute) throws IOException {
    Files.createDirectory(directory.resolve("dir"));
    Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));
    for (var wrong :
        Map.of(
                "dir", "it is a directory",
                "/dev/zero", "it is a pipe or a device",
                "circle", "Too many levels of symbolic links")
            .entrySet()) {
      write(
          "compose.yaml",
          "services: {web: {image: i, %s: %s}}\n".formatted(attribute, wrong.getKey()));
      String message = error();
      assertTrue(message.contains("cannot be read: " + wrong.getValue()), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", ".env", "web.env", "raw.env", "labels"})
  void everyFileMayBeginWithAMarkAndEndLinesAsWindowsDoes(String name) throws IOException {
    writeAll();
    String text = Files.readString(directory.resolve(name));
    write(name, "\uFEFF" + text.replace("\n", "\r\n"));
    assertEquals(
        Map.of("A", "1", "B", "2"), load().project().services().get("web").command().environment());
    assertEquals("3", load().project().services().get("web").labels().get("c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", ".env", "web.env", "raw.env", "labels"})
  void bytesThatAreNoTextAreRefused(String name) throws IOException {
    writeAll();
    byte[] text = Files.readAllBytes(directory.resolve(name));
    text[text.length - 2] = (byte) 0xFF;
    Files.write(directory.resolve(name), text);
    assertTrue(error().contains("it is not UTF-8 text"), error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", ".env", "web.env", "raw.env", "labels"})
  void nulIsRefused(String name) throws IOException {
    writeAll();
    byte[] text = Files.readAllBytes(directory.resolve(name));
    text[text.length - 2] = 0;
    Files.write(directory.resolve(name), text);
    String message = error();
    assertTrue(message.contains("NUL character") || message.contains("U+0000"), message);
    assertTrue(message.startsWith(name + ":"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\0", "\\uD800", "\\uDC00x", "x\\uD83D"})
  void whatNoTextCanHaveIsRefusedInAnEscapeToo(String escape) throws IOException {
    write("compose.yaml", "services: {web: {image: \"" + escape + "\"}}\n");
    assertTrue(error().contains("compose.yaml:1:25: error[DV0123]"), error());
  }

  @Test
  void namesOfFilesCannotBreakMessages() throws IOException {
    String name = "a\nb\u001B[2J\u202E.yaml";
    write(name, "services: 7\n");
    String message = error(name);
    assertEquals(1, message.lines().filter(it -> it.contains("error[")).count(), message);
    assertTrue(message.chars().allMatch(c -> c == '\n' || (c >= ' ' && c != 0x202E)), message);
  }

  private void writeAll() throws IOException {
    write(
        "compose.yaml",
        """
        services:
          web:
            image: i
            env_file: [web.env, {path: raw.env, format: raw}]
            label_file: [labels]
            command: ${X}
        """);
    write(".env", "X=1\n");
    write("web.env", "A=1\n");
    write("raw.env", "B=2\n");
    write("labels", "c=3\n");
  }

  private void write(String name, String text) throws IOException {
    Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private LoadResult load(String... named) {
    var request =
        new LoadRequest(
            directory,
            Map.of("HOME", "/root"),
            List.of(named),
            Optional.of("shop"),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            () -> "",
            LoadOptions.ALL);
    return assertTimeoutPreemptively(SOON, () -> ComposeLoader.load(request));
  }

  private String error(String... named) {
    return assertThrows(DavitException.class, () -> load(named)).getMessage();
  }
}
