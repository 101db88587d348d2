package dev.davit.compose;

/// The mounts of another container, taken over.
///
/// @param name of a service of the project, or of a container
/// @param container whether it is a container's name
public record VolumesFrom(String name, boolean container, boolean readOnly) {}
