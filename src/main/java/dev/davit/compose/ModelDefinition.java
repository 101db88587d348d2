package dev.davit.compose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A language model of a project.
///
/// @param key what the services call it
/// @param model reference of the artifact
/// @param contextSize tokens
public record ModelDefinition(
    String key,
    Optional<String> name,
    String model,
    OptionalLong contextSize,
    List<String> runtimeFlags) {}
