package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The content of images as it came, by digest.
public final class Blobs {
  private static final String PARTIAL = "partial";

  private final Path directory;
  private final Path partial;
  private final Turns turns = new Turns();

  /// @param directory where it is kept, one directory an algorithm
  Blobs(Path directory) {
    this.directory = directory;
    this.partial = directory.resolve(PARTIAL);
    try {
      for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
        Files.createDirectories(directory.resolve(algorithm.toString()));
      }
      Files.createDirectories(partial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Blob> find(Digest digest) {
    Path file = file(digest);
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(new Blob(digest, attributes.size(), file))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// As [#find]; what is missing is `NOT_FOUND`.
  public Blob require(Digest digest) {
    return find(digest)
        .orElseThrow(
            () -> new DavitException(Kind.NOT_FOUND, "blob %s is not here".formatted(digest)));
  }

  /// To write that blob; waits while somebody else writes it.
  public ContentWriter write(Descriptor descriptor) {
    return open(descriptor);
  }

  BlobFile open(Descriptor descriptor) {
    Digest digest = descriptor.digest();
    String name = digest.algorithm() + "-" + digest.hex();
    var turn = turns.take(digest);
    try {
      removeStranger(file(digest));
      removeStranger(partial.resolve(name));
      return new BlobFile(descriptor, partial.resolve(name), file(digest), turn);
    } catch (RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  // What is no file cannot be content, and would be in the way of it.
  private static void removeStranger(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Durable.remove(file);
    }
  }

  /// Writes `bytes`, such as a manifest; `INVALID` where they are not what `descriptor` says.
  public Blob add(Descriptor descriptor, byte[] bytes) {
    try (var writer = open(descriptor)) {
      if (writer.offset() < descriptor.size()) {
        writer.restart();
        writer.write(bytes, 0, bytes.length);
      }
      writer.commit();
    }
    return require(descriptor.digest());
  }

  /// Takes `content`, whose digest nobody knows yet.
  Digest add(InputStream content) throws IOException {
    try (BlobDraft draft = draft()) {
      content.transferTo(draft.out());
      return draft.keep().digest();
    }
  }

  /// To write what nobody knows the digest of yet.
  BlobDraft draft() throws IOException {
    return new BlobDraft(this, Files.createTempFile(partial, "new-", ""));
  }

  /// Makes a blob of a whole file, which loses its name.
  Blob keep(Path file, Digest digest) throws IOException {
    try (var _ = turns.take(digest)) {
      Files.move(file, file(digest), StandardCopyOption.ATOMIC_MOVE);
    }
    return require(digest);
  }

  /// Removes what a process that died was taking in without knowing its digest.
  void clean() throws IOException {
    try (Stream<Path> drafts = Files.list(partial)) {
      for (Path draft : drafts.toList()) {
        if (draft.getFileName().toString().startsWith("new-")) {
          Durable.remove(draft);
        }
      }
    }
  }

  List<Blob> list() {
    var blobs = new ArrayList<Blob>();
    for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
      try (Stream<Path> files = Files.list(directory.resolve(algorithm.toString()))) {
        files
            .flatMap(file -> digest(algorithm, file.getFileName().toString()).stream())
            .sorted()
            .flatMap(digest -> find(digest).stream())
            .forEach(blobs::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return blobs;
  }

  // What else lies there is nobody's that is known.
  private static Optional<Digest> digest(Digest.Algorithm algorithm, String name) {
    try {
      return Optional.of(new Digest(algorithm, name));
    } catch (DavitException e) {
      return Optional.empty();
    }
  }

  /// Remembers that somebody asked for it now.
  void use(Digest digest) {
    try {
      Files.setLastModifiedTime(file(digest), FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// When somebody last asked for it, or when it came.
  Instant lastUse(Digest digest) {
    try {
      return Files.getLastModifiedTime(file(digest)).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where pulls that were interrupted have what they got.
  Path partial() {
    return partial;
  }

  void remove(Digest digest) {
    try {
      Files.deleteIfExists(file(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Digest digest) {
    return directory.resolve(digest.algorithm().toString()).resolve(digest.hex());
  }
}
