package dev.davit.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.stored.Aside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  private static final byte[] CONTENT = "some content".getBytes(UTF_8);
  private static final Descriptor WANTED = Descriptor.of("", CONTENT);

  @TempDir Path directory;
  private Blobs blobs;

  @BeforeEach
  void open() {
    blobs = new Blobs(directory);
  }

  @Test
  void writtenBlobIsFound() {
    blobs.add(WANTED, CONTENT);
    assertArrayEquals(CONTENT, blobs.require(WANTED.digest()).read(100));
    assertEquals(1, blobs.list().size());
    assertEquals(CONTENT.length, blobs.add(WANTED, CONTENT).size());
  }

  @Test
  void partIsKeptForTheNextTry() {
    try (var writer = blobs.write(WANTED)) {
      writer.write(CONTENT, 0, 4);
    }
    assertTrue(blobs.find(WANTED.digest()).isEmpty());
    try (var writer = blobs.write(WANTED)) {
      assertEquals(4, writer.offset());
      writer.write(CONTENT, 4, CONTENT.length - 4);
      writer.commit();
    }
    assertArrayEquals(CONTENT, blobs.require(WANTED.digest()).read(100));
  }

  @Test
  void wrongContentLeavesNothing() throws Exception {
    byte[] wrong = "same length!".getBytes(UTF_8);
    try (var writer = blobs.write(WANTED)) {
      writer.write(wrong, 0, wrong.length);
      var e = assertThrows(DavitException.class, writer::commit);
      assertEquals(Kind.INVALID, e.kind());
    }
    assertTrue(blobs.find(WANTED.digest()).isEmpty());
    try (var files = Files.walk(directory)) {
      assertEquals(0, files.filter(Files::isRegularFile).count());
    }
  }

  @Test
  void tooMuchAndTooLittleAreRefused() {
    try (var writer = blobs.write(WANTED)) {
      writer.write(CONTENT, 0, 4);
      assertThrows(DavitException.class, () -> writer.write(CONTENT, 0, CONTENT.length));
    }
    try (var writer = blobs.write(WANTED)) {
      assertEquals(0, writer.offset());
      writer.write(CONTENT, 0, 4);
      assertThrows(DavitException.class, writer::commit);
    }
  }

  @Test
  void otherSizeOfTheSameDigestIsRefused() {
    var shorter = Descriptor.of("", WANTED.digest(), 3);
    try (var writer = blobs.write(WANTED)) {
      writer.write(CONTENT, 0, 4);
    }
    try (var writer = blobs.write(shorter)) {
      assertEquals(0, writer.offset(), "more than all of it is no part of it");
    }
    blobs.add(WANTED, CONTENT);
    try (var writer = blobs.write(shorter)) {
      var refused = assertThrows(DavitException.class, writer::commit);
      assertEquals(Kind.INVALID, refused.kind());
    }
    assertEquals(CONTENT.length, blobs.require(WANTED.digest()).size());
  }

  @Test
  void partIsKeptForAWeekWhateverIsCollected() throws Exception {
    try (var writer = blobs.write(WANTED)) {
      writer.write(CONTENT, 0, 4);
    }
    Path part;
    try (var parts = Files.list(blobs.partial())) {
      part = parts.findFirst().orElseThrow();
    }
    var layers =
        new Layers(directory.resolve("layers"), blobs, LayerLimit.USUAL, new Aside(directory));
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
    new Sweep(blobs, layers, List.of()).run(0);
    assertTrue(Files.exists(part));
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    new Sweep(blobs, layers, List.of()).run(0);
    assertFalse(Files.exists(part));
  }

  @Test
  void secondWriterWaitsAndFindsTheBlob() {
    CompletableFuture<Long> second;
    try (var first = blobs.write(WANTED)) {
      second =
          CompletableFuture.supplyAsync(
              () -> {
                try (var writer = blobs.write(WANTED)) {
                  return writer.offset();
                }
              });
      first.write(CONTENT, 0, CONTENT.length);
      first.commit();
    }
    assertEquals(CONTENT.length, second.join());
  }
}
