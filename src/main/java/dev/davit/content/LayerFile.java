package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Unpacked;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is remembered of an unpacked layer: `layer.json` beside its files.
///
/// @param blob what it was unpacked from
/// @param hidesBelow whether nothing of the layers below shows through
/// @param implicit directories whose attributes are those of the layers below, once these are known
/// @param size of its files
record LayerFile(String diffId, String blob, boolean hidesBelow, List<String> implicit, long size) {
  private static final String NAME = "layer.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  LayerFile {
    implicit = List.copyOf(implicit);
  }

  static LayerFile of(Digest diffId, Digest blob, Unpacked unpacked) {
    return new LayerFile(
        diffId.toString(),
        blob.toString(),
        unpacked.hidesBelow(),
        unpacked.implicit(),
        unpacked.bytes());
  }

  static LayerFile read(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      return JSON.readValue(Files.readAllBytes(file), LayerFile.class);
    } catch (JacksonException | NullPointerException e) {
      throw new DavitException(
          Kind.INTERNAL,
          "layer state \"%s\" cannot be read".formatted(file),
          "remove the images that use it and pull them again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path directory) {
    try {
      Path fresh = directory.resolve(NAME + ".new");
      Files.write(fresh, JSON.writeValueAsBytes(this));
      Files.move(fresh, directory.resolve(NAME), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LayerFile settled() {
    return new LayerFile(diffId, blob, hidesBelow, List.of(), size);
  }
}
