package dev.davit.network;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// An endpoint and what the host has of it.
///
/// @param hostLink the name of the veth's end on the host
/// @param internal whether the network is
/// @param bridged whether the host itself is on the network
/// @param linkLocal further addresses
/// @param sysctls files below /proc/sys/net of the namespace, and their content
record Attachment(
    Endpoint endpoint,
    String hostLink,
    boolean internal,
    boolean bridged,
    int priority,
    int gwPriority,
    List<Ip> linkLocal,
    Map<String, String> sysctls) {
  /// The first one has the default route, unless it is internal.
  static final Comparator<Attachment> BY_GATEWAY =
      Comparator.comparing(Attachment::internal)
          .thenComparing(Comparator.comparingInt(Attachment::gwPriority).reversed())
          .thenComparing(Comparator.comparingInt(Attachment::priority).reversed())
          .thenComparing(attachment -> attachment.endpoint().networkName());

  Attachment {
    linkLocal = List.copyOf(linkLocal);
    sysctls = Map.copyOf(sysctls);
  }

  /// The same for a container that is called `name`.
  Attachment withName(String name) {
    return new Attachment(
        endpoint.withName(name),
        hostLink,
        internal,
        bridged,
        priority,
        gwPriority,
        linkLocal,
        sysctls);
  }
}
