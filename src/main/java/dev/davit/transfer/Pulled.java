package dev.davit.transfer;

import dev.davit.content.StoredImage;
import dev.davit.image.Digest;
import java.util.Optional;

/// What a pull has brought.
///
/// @param digest of what the name stands for at the registry, an index or a manifest
/// @param isNew whether the name meant another image here before, or none
/// @param warning what is to be known of it
public record Pulled(StoredImage image, Digest digest, boolean isNew, Optional<String> warning) {}
