package dev.davit.compose;

import java.util.Map;
import java.util.Optional;

/// A secret of a project.
///
/// @param key what the services call it
/// @param name what it is called outside of the project
/// @param external whether it must already be there
public record SecretDefinition(
    String key,
    String name,
    boolean external,
    Content content,
    Optional<String> driver,
    Map<String, String> driverOpts,
    Optional<String> templateDriver,
    Map<String, String> labels) {}
