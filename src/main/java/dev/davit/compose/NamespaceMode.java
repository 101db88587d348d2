package dev.davit.compose;

/// Whose namespace of a kind a container lives in.
public sealed interface NamespaceMode {
  NamespaceMode OWN = new Own();
  NamespaceMode HOST = new Host();

  /// Its own.
  record Own() implements NamespaceMode {}

  /// The host's.
  record Host() implements NamespaceMode {}

  /// Its own with nothing in it: a network namespace with loopback only, IPC without `/dev/shm`.
  record None() implements NamespaceMode {}

  /// That of the first container of another service of the project.
  record OfService(String service) implements NamespaceMode {}

  /// That of a container outside of the project, by name or id.
  record OfContainer(String container) implements NamespaceMode {}

  /// For networks only: its own, on one network that is not the project's; `bridge` is docker's.
  record OnNetwork(String network) implements NamespaceMode {}
}
