package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Which images are here, as it stands in `images.json`: what is not in it is no image.
record Ledger(List<Entry> images) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param manifest digest of its manifest
  /// @param mediaType the manifest's
  /// @param indexes digests of what named the manifest, kept with it
  /// @param names references in full, with tag or digest
  record Entry(
      String manifest, String mediaType, List<String> indexes, List<String> names, Instant added) {
    Entry {
      indexes = List.copyOf(indexes);
      names = List.copyOf(names);
    }
  }

  Ledger {
    images = List.copyOf(images);
  }

  static Ledger read(Path file) {
    if (!Files.exists(file)) {
      return new Ledger(List.of());
    }
    try {
      return JSON.readValue(Files.readAllBytes(file), Ledger.class);
    } catch (JacksonException | NullPointerException e) {
      throw new DavitException(
          Kind.INTERNAL,
          "list of images \"%s\" cannot be read".formatted(file),
          "mend the file, or move it away and load the images again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path file) {
    Durable.replace(file, JSON.writeValueAsBytes(this));
  }
}
