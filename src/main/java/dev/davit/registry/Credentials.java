package dev.davit.registry;

import java.util.Optional;

/// The credentials that somebody has, by registry.
@FunctionalInterface
public interface Credentials {
  Credentials NONE = _ -> Optional.empty();

  /// @param domain as a [dev.davit.image.Reference] has it: `docker.io`, `localhost:5000`
  Optional<Credential> of(String domain);
}
