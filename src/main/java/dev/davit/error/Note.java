package dev.davit.error;

import org.jspecify.annotations.Nullable;

/// Another place that a [Problem] is about: `first defined here`.
///
/// @param excerpt the source line at `place`, for the caret; null where the place says enough
public record Note(String message, Place place, @Nullable String excerpt) {}
