package dev.davit.content;

import dev.davit.archive.TarFiles;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Takes the files of an image archive into the store in whatever order they come: each becomes a
/// blob, and its name in the archive is remembered.
final class Intake implements TarFiles.Visitor {
  private static final String BLOBS = "blobs/";
  private static final int MOST_FILES = 100_000;
  private static final int MOST_LINKS = 40;

  private final Blobs blobs;
  private final Map<String, Digest> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  Intake(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public void file(String name, long size, InputStream content) throws IOException {
    if (files.size() + links.size() >= MOST_FILES) {
      throw new DavitException(
          Kind.INVALID, "image archive has more than %d files".formatted(MOST_FILES));
    }
    String path = Path.of("/").resolve(name).normalize().toString().substring(1);
    if (path.startsWith(BLOBS) && path.indexOf('/', BLOBS.length()) > 0) {
      // Said to be of that digest, which is checked.
      Digest digest = Digest.parse(path.substring(BLOBS.length()).replaceFirst("/", ":"));
      try (BlobFile writer = blobs.open(Descriptor.of("", digest, size))) {
        writer.writeAll(content);
        writer.commit();
      }
      files.put(path, digest);
    } else {
      files.put(path, blobs.add(content));
    }
  }

  @Override
  public void link(String name, String target) {
    Path path = Path.of("/").resolve(name).normalize();
    String whole = path.resolveSibling(target).normalize().toString().substring(1);
    links.put(path.toString().substring(1), whole);
  }

  /// The file of that name, also by links.
  Optional<Blob> find(String name) {
    String path = name;
    for (int i = 0; i < MOST_LINKS && !files.containsKey(path); i++) {
      String target = links.get(path);
      if (target == null) {
        return Optional.empty();
      }
      path = target;
    }
    return Optional.ofNullable(files.get(path)).flatMap(blobs::find);
  }

  /// As [#find]; what is missing is `INVALID`.
  Blob require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.INVALID, "image archive has no file \"%s\"".formatted(name)));
  }
}
