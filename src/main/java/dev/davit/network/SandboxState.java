package dev.davit.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// All that the engine remembers of a sandbox.
///
/// @param complete false while it is being made: such a one is removed when it is found
/// @param bindings the ports that are wanted, published once there is a way out
record SandboxState(
    String id,
    String name,
    boolean complete,
    List<String> hostnames,
    DnsConfig dns,
    List<Attachment> attachments,
    List<PortBinding> bindings,
    List<PublishedPort> ports) {

  static SandboxState planned(SandboxConfig config) {
    return new SandboxState(
        config.id(),
        config.name(),
        false,
        config.hostnames(),
        config.dns(),
        List.of(),
        config.ports(),
        List.of());
  }

  Sandbox toSandbox(Path netns) {
    return new Sandbox(id, netns, attachments.stream().map(Attachment::endpoint).toList(), ports);
  }

  /// The attachment that has the IPv4 default route and the ports published there.
  Optional<Attachment> gateway4() {
    return gateway(Endpoint::ipv4);
  }

  /// The attachment that has the IPv6 default route and the ports published there.
  Optional<Attachment> gateway6() {
    return gateway(Endpoint::ipv6);
  }

  private Optional<Attachment> gateway(Function<Endpoint, Optional<Endpoint.Place>> family) {
    return attachments.stream()
        .filter(attachment -> family.apply(attachment.endpoint()).isPresent())
        .min(Attachment.BY_GATEWAY)
        .filter(first -> !first.internal());
  }

  /// Where it leaves its networks, IPv4 first.
  List<Endpoint.Place> waysOut() {
    return Stream.concat(
            gateway4().flatMap(at -> at.endpoint().ipv4()).stream(),
            gateway6().flatMap(at -> at.endpoint().ipv6()).stream())
        .toList();
  }

  /// The host as it is seen from there.
  List<Ip> hostAddresses() {
    return Stream.concat(
            gateway4().filter(Attachment::bridged).flatMap(at -> at.endpoint().ipv4()).stream(),
            gateway6().filter(Attachment::bridged).flatMap(at -> at.endpoint().ipv6()).stream())
        .map(Endpoint.Place::gateway)
        .toList();
  }

  Optional<Attachment> on(String networkId) {
    return attachments.stream()
        .filter(attachment -> attachment.endpoint().networkId().equals(networkId))
        .findFirst();
  }

  SandboxState with(List<Attachment> others) {
    return new SandboxState(id, name, complete, hostnames, dns, others, bindings, ports);
  }

  SandboxState withMore(Attachment attachment) {
    return with(Stream.concat(attachments.stream(), Stream.of(attachment)).toList());
  }

  SandboxState withPorts(List<PublishedPort> published) {
    return new SandboxState(id, name, complete, hostnames, dns, attachments, bindings, published);
  }

  SandboxState withName(String other) {
    var renamed = attachments.stream().map(each -> each.withName(other)).toList();
    return new SandboxState(id, other, complete, hostnames, dns, renamed, bindings, ports);
  }

  SandboxState completed() {
    return new SandboxState(id, name, true, hostnames, dns, attachments, bindings, ports);
  }
}
