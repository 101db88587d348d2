package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import dev.davit.registry.Registries;
import dev.davit.registry.Repository;
import dev.davit.registry.Upload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the images of a project into its own repository: from registry to registry, for all
/// platforms, and under the digests that they have.
public final class ImageCopies {
  // An index of indexes is allowed, and never seen.
  private static final int DEEPEST = 3;

  private final Registries registries;
  private final Reference target;
  private final Upload upload;
  private final Path room;

  /// @param room a directory where blobs may lie on their way
  public ImageCopies(Registries registries, Reference target, Path room) {
    this.registries = registries;
    this.target = target;
    this.upload = registries.upload(target);
    this.room = room;
  }

  /// Lists images in an index that belongs to the project's manifest.
  ///
  /// @param images that were copied
  /// @param project the manifest, which the repository has
  /// @param tool the version of the tool that publishes
  public Digest list(List<Descriptor> images, Descriptor project, String tool) {
    String index =
        new Index(
                MediaType.OCI_INDEX,
                images,
                Optional.of(project),
                Map.of("com.docker.compose.version", tool))
            .print();
    byte[] bytes = index.getBytes(UTF_8);
    return name(new Fetched(MediaType.OCI_INDEX, Digest.of(bytes), bytes));
  }

  /// Copies an image, or the index of several.
  public Descriptor copy(Reference image) {
    Repository repository = registries.repository(image);
    Fetched document = repository.manifest();
    copy(document, image, repository, 0);
    return Descriptor.of(
        Document.parse(document.mediaType(), document.bytes()).mediaType(),
        document.digest(),
        document.bytes().length);
  }

  private void copy(Fetched document, Reference image, Repository repository, int depth) {
    if (upload.hasManifest(document.digest())) {
      return;
    }
    if (depth == DEEPEST) {
      throw new DavitException(
          Kind.INVALID, "image \"" + image.familiar() + "\" is an index of indexes without end");
    }
    switch (Document.parse(document.mediaType(), document.bytes())) {
      case Index index ->
          index
              .manifests()
              .forEach(it -> copy(repository.manifest(it.digest()), image, repository, depth + 1));
      case Manifest manifest ->
          manifest.parts().distinct().forEach(blob -> send(blob, image, repository));
    }
    name(document);
  }

  private void send(Descriptor blob, Reference image, Repository repository) {
    boolean isNear = image.domain().equals(target.domain()) && !image.path().equals(target.path());
    if (upload.has(blob.digest()) || (isNear && upload.mount(blob.digest(), image.path()))) {
      return;
    }
    try (var spool = new Spool(blob, room)) {
      repository.download(blob, spool);
      upload.blob(blob, spool, _ -> {});
    }
  }

  private Digest name(Fetched document) {
    upload.manifest(document.digest().toString(), document);
    return document.digest();
  }
}
