package dev.davit.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumesTest {
  @TempDir Path directory;

  @Test
  void volumeOutlivesTheEngine() throws IOException {
    var config =
        new VolumeConfig("shop_data", "", Map.of(), Map.of("com.docker.compose.project", "shop"));
    Volume made = Volumes.open(directory).create(config);
    Files.writeString(made.mountpoint().resolve("file"), "kept");
    var again = Volumes.open(directory);
    assertEquals(made, again.find("shop_data").orElseThrow());
    assertEquals("local", made.config().driver());
    assertEquals(made, again.create(VolumeConfig.of("shop_data")));
    assertEquals("kept", Files.readString(made.mountpoint().resolve("file")));
  }

  @Test
  void anonymousVolumesHaveLongNames() {
    var volumes = Volumes.open(directory);
    Volume one = volumes.createAnonymous();
    Volume two = volumes.createAnonymous();
    assertTrue(one.name().matches("[0-9a-f]{64}"));
    assertTrue(one.anonymous());
    assertEquals(2, volumes.list().size());
    assertFalse(one.equals(two));
    assertTrue(Volumes.open(directory).find(one.name()).orElseThrow().anonymous());
  }

  @Test
  void removeTakesTheData() throws IOException {
    var volumes = Volumes.open(directory);
    Volume volume = volumes.create(VolumeConfig.of("data"));
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "stays");
    Files.createDirectories(volume.mountpoint().resolve("a/b"));
    Files.createSymbolicLink(volume.mountpoint().resolve("a/link"), outside);
    volumes.remove("data");
    assertEquals(List.of(), volumes.list());
    try (var left = Files.list(directory)) {
      assertEquals(List.of(outside), left.toList());
    }
    assertTrue(Files.exists(outside.resolve("file")));
    var error = assertThrows(DavitException.class, () -> volumes.remove("data"));
    assertEquals(Kind.NOT_FOUND, error.kind());
  }

  @Test
  void halfMadeAndHalfRemovedVolumesGoAtTheStart() throws IOException {
    Files.createDirectories(directory.resolve(".new-data/_data"));
    Files.createDirectories(directory.resolve(".gone-1/_data/deep"));
    assertEquals(List.of(), Volumes.open(directory).list());
    try (var left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "../x", "a/b", ".hidden", "-x", "a b", "ä1"})
  void invalidNamesSaySo(String name) {
    var error =
        assertThrows(
            DavitException.class, () -> Volumes.open(directory).create(VolumeConfig.of(name)));
    assertEquals("invalid volume name \"" + name + "\"", error.getMessage());
  }

  @Test
  void otherDriversAreUnsupportedAndHalfOptionsInvalid() {
    var volumes = Volumes.open(directory);
    var nfs = new VolumeConfig("data", "nfs", Map.of(), Map.of());
    var tmpfs = new VolumeConfig("data", "local", Map.of("type", "tmpfs"), Map.of());
    assertEquals(
        Kind.UNSUPPORTED, assertThrows(DavitException.class, () -> volumes.create(nfs)).kind());
    assertEquals(
        Kind.INVALID, assertThrows(DavitException.class, () -> volumes.create(tmpfs)).kind());
    assertEquals(List.of(), volumes.list());
    volumes.create(VolumeConfig.of("data"));
    assertEquals(
        Kind.CONFLICT, assertThrows(DavitException.class, () -> volumes.create(nfs)).kind());
  }
}
