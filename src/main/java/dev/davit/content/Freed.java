package dev.davit.content;

/// What went from the store.
///
/// @param bytes on the disk
/// @param blobs how many
/// @param layers how many
public record Freed(long bytes, int blobs, int layers) {}
