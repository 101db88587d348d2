package dev.davit.compose;

import java.util.List;
import java.util.Map;

/// How a container is reached and what it reaches.
///
/// @param mode [NamespaceMode.Own] means the networks below
/// @param networks by key of [Project#networks]; empty unless the mode is [NamespaceMode.Own]
/// @param expose `port[-port]/proto`; informational
/// @param extraHosts addresses by host name; `host-gateway` is the host
/// @param links further names of services of the project
/// @param externalLinks names of containers outside of the project
public record Networking(
    NamespaceMode mode,
    Map<String, ServiceNetwork> networks,
    List<Port> ports,
    List<String> expose,
    Map<String, List<String>> extraHosts,
    Dns dns,
    List<Link> links,
    List<Link> externalLinks) {

  /// @param servers what the embedded resolver forwards to; empty means the host's
  public record Dns(List<String> servers, List<String> search, List<String> options) {}
}
