package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Unpacked;
import dev.davit.image.Digest;
import dev.davit.stored.Form;
import dev.davit.stored.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What is remembered of an unpacked layer: `layer.json` beside its files.
///
/// @param blob what it was unpacked from
/// @param hidesBelow whether nothing of the layers below shows through
/// @param implicit directories whose attributes are those of the layers below, once these are known
/// @param size of its files
record LayerFile(String diffId, String blob, boolean hidesBelow, List<String> implicit, long size) {
  static final String NAME = "layer.json";
  private static final Form<LayerFile> FORM = Form.of(LayerFile.class, 1);

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

  static Reading<LayerFile> read(Path directory) {
    return FORM.read(directory.resolve(NAME));
  }

  void write(Path directory) {
    try {
      Path fresh = directory.resolve(NAME + ".new");
      Files.write(fresh, FORM.encode(this));
      Files.move(fresh, directory.resolve(NAME), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LayerFile settled() {
    return new LayerFile(diffId, blob, hidesBelow, List.of(), size);
  }
}
