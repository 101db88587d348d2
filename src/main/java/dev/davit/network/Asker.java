package dev.davit.network;

import java.util.List;
import java.util.Optional;

/// A container as its resolver knows it.
///
/// @param networks ids of the networks that it is on
/// @param hostGateway what `host.docker.internal` means to it
/// @param servers asked for other names, as in [DnsConfig]; the host's if empty
record Asker(List<String> networks, Optional<Ipv4> hostGateway, List<String> servers) {
  static Asker of(SandboxState sandbox) {
    return new Asker(
        sandbox.attachments().stream().map(a -> a.endpoint().networkId()).toList(),
        sandbox.gateway().map(a -> a.endpoint().gateway()),
        sandbox.dns().servers());
  }

  /// A container that is on internal networks only must not reach others by way of DNS either.
  boolean mayAskOutside() {
    return hostGateway.isPresent();
  }
}
