package dev.davit.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Who is where: the names and addresses on each network (by its id), as of one moment.
///
/// @param addresses names in lower case to addresses; a name that several have leads to all of them
/// @param names the first name of whoever has the address
record Names(Map<String, Map<String, List<Ip>>> addresses, Map<String, Map<Ip, String>> names) {
  static final Names NONE = new Names(Map.of(), Map.of());

  static Names of(Collection<SandboxState> sandboxes) {
    var addresses = new HashMap<String, Map<String, List<Ip>>>();
    var names = new HashMap<String, Map<Ip, String>>();
    for (SandboxState sandbox : sandboxes) {
      for (Attachment attachment : sandbox.attachments()) {
        Endpoint endpoint = attachment.endpoint();
        var network = addresses.computeIfAbsent(endpoint.networkId(), id -> new HashMap<>());
        endpoint.names().stream()
            .flatMap(name -> Stream.of(name, name + "." + endpoint.networkName()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .forEach(
                name ->
                    network
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .addAll(endpoint.addresses()));
        String first = endpoint.names().getFirst();
        var reverse = names.computeIfAbsent(endpoint.networkId(), id -> new HashMap<>());
        endpoint.addresses().forEach(address -> reverse.put(address, first));
      }
    }
    return new Names(addresses, names);
  }

  /// The addresses of `name`, in lower case and without a dot at the end, on those networks.
  List<Ip> find(Collection<String> networks, String name) {
    return networks.stream()
        .flatMap(id -> addresses.getOrDefault(id, Map.of()).getOrDefault(name, List.of()).stream())
        .distinct()
        .toList();
  }

  /// The name of whoever has `address` on one of those networks.
  Optional<String> find(Collection<String> networks, Ip address) {
    return networks.stream()
        .flatMap(id -> Stream.ofNullable(names.getOrDefault(id, Map.of()).get(address)))
        .findFirst();
  }
}
