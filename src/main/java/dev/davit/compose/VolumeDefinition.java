package dev.davit.compose;

import java.util.Map;

/// A named volume of a project.
///
/// @param key what the services call it
/// @param name what it is called on the machine
/// @param external whether it must already be there and stays
/// @param configHash changes with all that makes it what it is
public record VolumeDefinition(
    String key,
    String name,
    boolean external,
    String driver,
    Map<String, String> driverOpts,
    Map<String, String> labels,
    ConfigHash configHash) {}
