package dev.davit.content;

/// What the store takes on the disk.
///
/// @param total as du(1) says of its directory
/// @param blobs content as it came
/// @param layers unpacked
/// @param partial pulls that were interrupted
/// @param reclaimable of blobs and layers, what no image needs
public record DiskUsage(long total, long blobs, long layers, long partial, long reclaimable) {}
