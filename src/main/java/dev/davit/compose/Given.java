package dev.davit.compose;

import java.util.List;
import java.util.Map;

/// What a service is given of its project.
///
/// @param models language models by key of [Project#models]
public record Given(List<Grant> secrets, List<Grant> configs, Map<String, ModelUse> models) {}
