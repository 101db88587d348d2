package dev.davit.volume;

import java.nio.file.Path;
import java.time.Instant;

/// A volume that exists.
///
/// @param mountpoint the directory on the host with its data
/// @param anonymous named by Davit: it goes with its container
public record Volume(
    String name, VolumeConfig config, Path mountpoint, Instant created, boolean anonymous) {}
