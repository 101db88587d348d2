package dev.davit.compose;

import java.util.Map;
import java.util.Optional;

/// A config of a project: a file that containers are given.
///
/// @param key what the services call it
/// @param name what it is called outside of the project
/// @param external whether it must already be there
public record ConfigDefinition(
    String key,
    String name,
    boolean external,
    Content content,
    Optional<String> templateDriver,
    Map<String, String> labels) {}
