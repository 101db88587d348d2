package dev.davit.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that the engine remembers of a sandbox.
///
/// @param complete false while it is being made: such a one is removed when it is found
record SandboxState(
    String id,
    String name,
    boolean complete,
    DnsConfig dns,
    List<Attachment> attachments,
    List<PublishedPort> ports) {

  Sandbox toSandbox(Path netns) {
    return new Sandbox(id, netns, attachments.stream().map(Attachment::endpoint).toList(), ports);
  }

  /// The attachment that has the default route and the published ports.
  Optional<Attachment> gateway() {
    return attachments.stream().min(Attachment.BY_GATEWAY).filter(first -> !first.internal());
  }

  Optional<Attachment> on(String networkId) {
    return attachments.stream()
        .filter(attachment -> attachment.endpoint().networkId().equals(networkId))
        .findFirst();
  }

  SandboxState with(List<Attachment> others) {
    return new SandboxState(id, name, complete, dns, others, ports);
  }

  SandboxState withMore(Attachment attachment) {
    return with(Stream.concat(attachments.stream(), Stream.of(attachment)).toList());
  }

  SandboxState withPorts(List<PublishedPort> published) {
    return new SandboxState(id, name, complete, dns, attachments, published);
  }

  SandboxState withName(String other) {
    var renamed = attachments.stream().map(each -> each.withName(other)).toList();
    return new SandboxState(id, other, complete, dns, renamed, ports);
  }

  SandboxState completed() {
    return new SandboxState(id, name, true, dns, attachments, ports);
  }
}
