package dev.davit.network;

import java.nio.file.Path;
import java.util.List;

/// A network namespace with its interfaces, addresses, names and ports.
///
/// @param id of the container
/// @param netns a bind mount of the namespace: open it and setns(2) to it
/// @param endpoints in the order of their interfaces
public record Sandbox(String id, Path netns, List<Endpoint> endpoints, List<PublishedPort> ports) {
  public Sandbox {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
  }
}
