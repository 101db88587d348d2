package dev.davit.content;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.ImageSpec;
import dev.davit.image.Manifest;
import dev.davit.image.Reference;
import java.time.Instant;
import java.util.List;

/// An image of the store with all that is known of it.
///
/// @param descriptor of its manifest
/// @param indexes digests of the indexes that it came by
/// @param names the references that mean it, with tag or with digest
/// @param added when it came, came again or was last named
public record StoredImage(
    Descriptor descriptor,
    Manifest manifest,
    ImageSpec spec,
    List<Digest> indexes,
    List<Reference> names,
    Instant added) {
  public StoredImage {
    indexes = List.copyOf(indexes);
    names = List.copyOf(names);
  }

  /// What docker calls the image's id: the digest of its config.
  public Digest id() {
    return manifest.config().digest();
  }

  /// The names with a tag.
  public List<Reference> tags() {
    return names.stream().filter(name -> name.tag().isPresent()).toList();
  }
}
