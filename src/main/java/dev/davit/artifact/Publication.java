package dev.davit.artifact;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Manifest;
import dev.davit.registry.Fetched;
import dev.davit.registry.RegistryException;
import dev.davit.registry.Upload;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Brings a project's files to a repository.
///
/// @param tool the version that the artifact says it was made by
/// @param created what it says of when
public record Publication(List<ProjectFile> files, String tool, Instant created) {
  public Publication {
    files = List.copyOf(files);
  }

  /// Sends what the repository has not and names it by `tag`.
  ///
  /// @param version empty for 1.1, and 1.0 where the registry refuses that
  public Descriptor to(Upload repository, String tag, Optional<OciVersion> version) {
    send(repository, ProjectArtifact.CONFIG);
    files.forEach(file -> send(repository, file.bytes()));
    try {
      return name(repository, tag, version.orElse(OciVersion.V1_1));
    } catch (RegistryException e) {
      if (version.isPresent() || !isRefused(e)) {
        throw e;
      }
      return name(repository, tag, OciVersion.V1_0);
    }
  }

  /// Whether the registry does not take such a manifest, from whomever it comes.
  private static boolean isRefused(RegistryException e) {
    return e.status() >= 400
        && e.status() < 500
        && e.status() != 401
        && e.status() != 403
        && e.status() != 407
        && e.status() != 429;
  }

  private static void send(Upload repository, byte[] bytes) {
    Digest digest = Digest.of(bytes);
    if (!repository.has(digest)) {
      repository.blob(
          Descriptor.of("", digest, bytes.length),
          from -> new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from),
          _ -> {});
    }
  }

  private Descriptor name(Upload repository, String tag, OciVersion version) {
    Manifest manifest = ProjectArtifact.manifest(files, version, tool, created);
    byte[] bytes = manifest.bytes();
    var document = new Fetched(manifest.mediaType(), Digest.of(bytes), bytes);
    repository.manifest(tag, document);
    return document.descriptor();
  }
}
