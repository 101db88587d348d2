package dev.davit.network;

import java.util.Comparator;

/// An endpoint and what the host has of it.
///
/// @param hostLink the name of the veth's end on the host
/// @param internal whether the network is
record Attachment(
    Endpoint endpoint, String hostLink, boolean internal, int priority, int gwPriority) {
  /// The first one has the default route, unless it is internal.
  static final Comparator<Attachment> BY_GATEWAY =
      Comparator.comparing(Attachment::internal)
          .thenComparing(Comparator.comparingInt(Attachment::gwPriority).reversed())
          .thenComparing(Comparator.comparingInt(Attachment::priority).reversed())
          .thenComparing(attachment -> attachment.endpoint().networkName());

  /// The same for a container that is called `name`.
  Attachment withName(String name) {
    return new Attachment(endpoint.withName(name), hostLink, internal, priority, gwPriority);
  }
}
