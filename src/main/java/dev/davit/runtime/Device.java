package dev.davit.runtime;

/// A device node in a container's /dev.
///
/// @param path absolute, below /dev
/// @param mode permission bits
public record Device(
    String path, boolean block, int major, int minor, int mode, int uid, int gid) {}
