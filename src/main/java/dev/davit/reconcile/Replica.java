package dev.davit.reconcile;

import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import java.util.List;
import java.util.Optional;

/// What is to become of one container of a service.
///
/// @param number counts from 1
/// @param config as it is to be; that of the existing one where it is kept or removed
/// @param existing the container that is there
/// @param cause why, for all but [Verdict#KEEP]
record Replica(
    Service service,
    int number,
    ContainerConfig config,
    Optional<Container> existing,
    Verdict verdict,
    String cause) {
  enum Verdict {
    KEEP,
    CREATE,
    RECREATE,
    REMOVE
  }

  String name() {
    return config.name();
  }

  Subject subject() {
    return Subject.container(service.name(), number, name());
  }

  boolean stays() {
    return verdict != Verdict.REMOVE;
  }

  /// Those that will be there, lowest number first.
  static List<Replica> staying(List<Replica> replicas) {
    return replicas.stream().filter(Replica::stays).toList();
  }
}
