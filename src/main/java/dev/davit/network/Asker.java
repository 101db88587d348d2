package dev.davit.network;

import java.util.List;
import java.util.Locale;

/// A container as its resolver knows it.
///
/// @param networks ids of the networks that it is on
/// @param hostnames its own, in lower case
/// @param addresses its own
/// @param host what `host.docker.internal` means to it
/// @param mayAskOutside a container that is on internal networks only must not reach others by way
///   of DNS either
/// @param servers asked for other names, as in [DnsConfig]; the host's if empty
record Asker(
    List<String> networks,
    List<String> hostnames,
    List<Ip> addresses,
    List<Ip> host,
    boolean mayAskOutside,
    List<String> servers) {
  static Asker of(SandboxState sandbox) {
    return new Asker(
        sandbox.attachments().stream().map(a -> a.endpoint().networkId()).toList(),
        sandbox.hostnames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
        sandbox.attachments().stream().flatMap(a -> a.endpoint().addresses().stream()).toList(),
        sandbox.hostAddresses(),
        !sandbox.waysOut().isEmpty(),
        sandbox.dns().servers());
  }
}
