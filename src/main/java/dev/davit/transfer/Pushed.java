package dev.davit.transfer;

import dev.davit.image.Descriptor;
import dev.davit.image.Reference;

/// What a push has named.
///
/// @param document the manifest or the index that the name stands for now
public record Pushed(Reference name, Descriptor document) {}
