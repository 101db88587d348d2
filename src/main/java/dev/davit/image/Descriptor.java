package dev.davit.image;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where content is named and its size promised, as manifests and indexes do. Its `urls` and its
/// inline `data` are not heeded: content comes from where the manifest came from.
///
/// @param mediaType empty where none is given
/// @param platform of a manifest in an index
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    Optional<Platform> platform,
    Map<String, String> annotations) {
  private static final String ATTESTATION = "vnd.docker.reference.type";

  public Descriptor {
    annotations = Map.copyOf(annotations);
  }

  public static Descriptor of(String mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, Optional.empty(), Map.of());
  }

  /// The descriptor of `bytes`.
  public static Descriptor of(String mediaType, byte[] bytes) {
    return of(mediaType, Digest.of(bytes), bytes.length);
  }

  /// Whether it is no image but what buildkit says about one, which stands beside it in an index.
  public boolean isAttestation() {
    return annotations.containsKey(ATTESTATION);
  }

  Map<String, Object> json() {
    Map<String, Object> json =
        Json.map("mediaType", mediaType, "digest", digest.toString(), "size", size);
    platform.ifPresent(it -> json.put("platform", it.json()));
    if (!annotations.isEmpty()) {
      json.put("annotations", new TreeMap<>(annotations));
    }
    return json;
  }
}
