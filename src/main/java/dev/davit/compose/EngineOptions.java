package dev.davit.compose;

import java.util.Map;
import java.util.Optional;

/// How the engine is to go about a container, where what is in the container stays the same.
///
/// @param cgroupParent the cgroup above the container's
/// @param runtime the program that starts containers
/// @param storage options of the storage driver
/// @param userNamespace `host` or the name of a mapping
/// @param apiSocket whether the container can talk to the engine
public record EngineOptions(
    Optional<String> cgroupParent,
    Optional<String> runtime,
    Map<String, String> storage,
    Optional<String> userNamespace,
    boolean apiSocket) {}
