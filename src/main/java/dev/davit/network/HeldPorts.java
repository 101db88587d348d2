package dev.davit.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which sandbox has which ports of the host. One thread at a time.
final class HeldPorts {
  /// What all addresses of the host have one of.
  private record PortNumber(String protocol, int port) {}

  private record Holding(String sandbox, HeldPort port) {}

  private final Map<String, List<HeldPort>> bySandbox = new HashMap<>();
  private final Map<PortNumber, List<Holding>> byNumber = new HashMap<>();

  void add(String sandbox, HeldPort port) {
    bySandbox.computeIfAbsent(sandbox, _ -> new ArrayList<>()).add(port);
    byNumber.computeIfAbsent(number(port), _ -> new ArrayList<>()).add(new Holding(sandbox, port));
  }

  List<HeldPort> of(String sandbox) {
    return List.copyOf(bySandbox.getOrDefault(sandbox, List.of()));
  }

  /// All of the sandbox's, which has none from now on.
  List<HeldPort> remove(String sandbox) {
    List<HeldPort> removed = bySandbox.getOrDefault(sandbox, List.of());
    bySandbox.remove(sandbox);
    for (HeldPort port : removed) {
      byNumber.computeIfPresent(
          number(port),
          (_, holdings) -> {
            holdings.removeIf(holding -> holding.port().equals(port));
            return holdings.isEmpty() ? null : holdings;
          });
    }
    return removed;
  }

  /// Everything, and nothing is held from now on.
  List<HeldPort> removeAll() {
    List<HeldPort> all = bySandbox.values().stream().flatMap(List::stream).toList();
    bySandbox.clear();
    byNumber.clear();
    return all;
  }

  /// The sandbox that has what cannot be bound beside `port`.
  Optional<String> holder(PublishedPort port) {
    return byNumber.getOrDefault(number(port), List.of()).stream()
        .filter(holding -> holding.port().blocks(port))
        .map(Holding::sandbox)
        .findFirst();
  }

  private static PortNumber number(HeldPort port) {
    return number(port.ports().getFirst());
  }

  private static PortNumber number(PublishedPort port) {
    return new PortNumber(port.protocol(), port.hostPort());
  }
}
