package dev.davit.compose;

import java.util.Optional;

/// Names that a service wants instead of the ones Davit would give.
public record Naming(
    Optional<String> containerName, Optional<String> hostname, Optional<String> domainname) {}
