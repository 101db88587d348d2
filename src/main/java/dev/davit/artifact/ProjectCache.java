package dev.davit.artifact;

import dev.davit.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Fetched documents and files by their digests, so that what a digest names need not come twice.
/// What lies there is hashed each time: it may be anybody's who writes below the user's home.
///
/// @param directory of the user who fetches; made when there is something to keep
public record ProjectCache(Path directory) {
  private static final String BLOBS = "blobs";

  /// Where relative paths of a project lead, by its manifest.
  Path projectDirectory(Digest manifest) {
    return directory.resolve("compose").resolve(manifest.hex());
  }

  /// @param most bytes that there may be
  Optional<byte[]> find(Digest digest, int most) {
    Path file = file(digest);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      return Optional.of(bytes).filter(it -> it.length <= most && digest.names(it));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What cannot be kept comes again next time.
  void keep(Digest digest, byte[] bytes) {
    try {
      Files.createDirectories(directory.resolve(BLOBS));
      Path draft = Files.createTempFile(directory.resolve(BLOBS), "draft", null);
      try {
        Files.write(draft, bytes);
        Files.move(draft, file(digest), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException unkept) {
      // a full disk or a home that is read-only: fetching goes on
    }
  }

  private Path file(Digest digest) {
    return directory.resolve(BLOBS).resolve(digest.toString().replace(':', '-'));
  }
}
