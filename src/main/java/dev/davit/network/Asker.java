package dev.davit.network;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A container as its resolver knows it.
///
/// @param networks ids of the networks that it is on
/// @param hostnames its own, in lower case
/// @param addresses its own
/// @param host what `host.docker.internal` means to it
/// @param mayAskOutside a container that is on internal networks only must not reach others by way
///   of DNS either
/// @param aliases names that only it knows to names on its networks, all in lower case
/// @param servers asked for other names, as in [DnsConfig]; the host's if empty
record Asker(
    List<String> networks,
    List<String> hostnames,
    List<Ip> addresses,
    List<Ip> host,
    boolean mayAskOutside,
    Map<String, String> aliases,
    List<String> servers) {
  static Asker of(SandboxState sandbox) {
    return new Asker(
        sandbox.attachments().stream().map(a -> a.endpoint().networkId()).toList(),
        sandbox.hostnames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
        sandbox.attachments().stream().flatMap(a -> a.endpoint().addresses().stream()).toList(),
        sandbox.hostAddresses(),
        !sandbox.waysOut().isEmpty(),
        sandbox.dns().aliases().entrySet().stream()
            .collect(
                Collectors.toMap(
                    it -> it.getKey().toLowerCase(Locale.ROOT),
                    it -> it.getValue().toLowerCase(Locale.ROOT),
                    (one, _) -> one)),
        sandbox.dns().servers());
  }
}
