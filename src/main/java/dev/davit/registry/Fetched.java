package dev.davit.registry;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;

/// A manifest or an index as the registry has it, byte for byte.
///
/// @param mediaType as the registry called it, or empty
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Fetched(String mediaType, Digest digest, byte[] bytes) {
  public Descriptor descriptor() {
    return Descriptor.of(mediaType, digest, bytes.length);
  }
}
