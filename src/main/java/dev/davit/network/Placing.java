package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a container's endpoint goes: its address, its MAC, its interfaces. Decides only.
///
/// @param sandboxes all of the engine, whose addresses are taken
record Placing(Collection<SandboxState> sandboxes) {
  private static final int SHORT_ID = 12;

  /// The place of `sandbox` on `network` as `config` wants it. Throws `CONFLICT` if it cannot be.
  Attachment place(SandboxState sandbox, Network network, EndpointConfig config) {
    try {
      return attachment(sandbox, network, config);
    } catch (DavitException e) {
      throw e.about(new Culprit(Part.NETWORK, network.name()));
    }
  }

  private Attachment attachment(SandboxState sandbox, Network network, EndpointConfig config) {
    if (sandbox.on(network.id()).isPresent()) {
      throw conflict(
          "container \"%s\" is on network \"%s\" already"
              .formatted(sandbox.name(), network.name()));
    }
    List<Endpoint.Place> places = places(network, config);
    String mac = config.mac().map(Placing::checkMac).orElseGet(() -> mac(network, places));
    var names = new ArrayList<>(List.of(sandbox.name()));
    Stream.concat(config.names().stream(), Stream.of(shortId(sandbox)))
        .distinct()
        .forEach(names::add);
    String link = interfaceName(sandbox, network, config);
    var endpoint = new Endpoint(network.id(), network.name(), link, places, mac, names);
    return new Attachment(
        endpoint,
        hostLink(sandbox.id(), network.id()),
        network.config().internal(),
        network.isBridge(),
        config.priority(),
        config.gwPriority(),
        config.linkLocal(),
        new EndpointOptions(config.options()).sysctls(link));
  }

  private List<Endpoint.Place> places(Network network, EndpointConfig config) {
    var places = new ArrayList<Endpoint.Place>();
    network.ipv4().ifPresent(in -> places.add(place(network, in, config.ipv4())));
    network.ipv6().ifPresent(in -> places.add(place(network, in, config.ipv6())));
    if (network.ipv4().isEmpty() && config.ipv4().isPresent()) {
      throw without(network, "IPv4");
    }
    if (network.ipv6().isEmpty() && config.ipv6().isPresent()) {
      throw without(network, "IPv6");
    }
    return places;
  }

  private static DavitException without(Network network, String family) {
    return new DavitException(
        Kind.INVALID,
        "network \"%s\" has no %s addresses".formatted(network.name(), family),
        "remove the %s address, or set enable_%s for the network"
            .formatted(family, family.toLowerCase(Locale.ROOT)));
  }

  private Endpoint.Place place(Network network, Subnet subnet, Optional<? extends Ip> wanted) {
    Ip address = address(network, subnet, wanted);
    return new Endpoint.Place(address, subnet.subnet().length(), subnet.host());
  }

  private Ip address(Network network, Subnet subnet, Optional<? extends Ip> wanted) {
    Map<Ip, String> taken = taken(network.id());
    if (wanted.isEmpty()) {
      return Ipam.choose(network, subnet, taken.keySet());
    }
    Ip address = wanted.get();
    Ipam.checkStatic(network, subnet, address);
    if (taken.containsKey(address)) {
      throw conflict(
          "address \"%s\" of network \"%s\" is held by container \"%s\""
              .formatted(address, network.name(), taken.get(address)));
    }
    return address;
  }

  private Map<Ip, String> taken(String networkId) {
    var taken = new HashMap<Ip, String>();
    for (SandboxState other : sandboxes) {
      other
          .on(networkId)
          .ifPresent(
              at -> at.endpoint().addresses().forEach(address -> taken.put(address, other.name())));
    }
    return taken;
  }

  // With ipvlan all have that of the interface that they share.
  private static String mac(Network network, List<Endpoint.Place> places) {
    return network.config().driver().equals("ipvlan")
        ? ""
        : Wiring.mac(places.getFirst().address());
  }

  /// The containers on a network, by name.
  List<String> on(String networkId) {
    return sandboxes.stream()
        .filter(sandbox -> sandbox.on(networkId).isPresent())
        .map(SandboxState::name)
        .sorted()
        .toList();
  }

  private static String interfaceName(
      SandboxState sandbox, Network network, EndpointConfig config) {
    var used =
        sandbox.attachments().stream()
            .map(each -> each.endpoint().interfaceName())
            .collect(Collectors.toSet());
    Optional<String> wanted =
        config.interfaceName().or(() -> new EndpointOptions(config.options()).interfaceName());
    if (wanted.isEmpty()) {
      String prefix = DriverOptions.of(network.config()).interfacePrefix();
      int number = 0;
      while (used.contains(prefix + number)) {
        number++;
      }
      return prefix + number;
    }
    String name = wanted.get();
    if (!name.matches("[^/\\s:%]{1,15}") || name.matches("lo|all|default|\\.|\\.\\.")) {
      throw new DavitException(
          Kind.INVALID,
          "interface name \"" + name + "\" is not possible",
          "use at most 15 letters and digits");
    }
    if (used.contains(name)) {
      throw conflict("container \"%s\" has two interfaces \"%s\"".formatted(sandbox.name(), name));
    }
    return name;
  }

  private static String checkMac(String mac) {
    boolean good = mac.matches("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}");
    if (!good || (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
      throw new DavitException(
          Kind.INVALID,
          "\"" + mac + "\" is no MAC address of an interface",
          "write it like 02:42:0a:59:00:02");
    }
    return mac.toLowerCase(Locale.ROOT).replace('-', ':');
  }

  private static String shortId(SandboxState sandbox) {
    return sandbox.id().substring(0, Math.min(SHORT_ID, sandbox.id().length()));
  }

  /// `dv`, the beginning of the container's id for the eye, and what tells its links apart.
  private static String hostLink(String sandboxId, String networkId) {
    String readable = sandboxId.replaceAll("[^0-9A-Za-z]", "");
    String start = readable.substring(0, Math.min(7, readable.length()));
    return "dv" + start + hash(sandboxId + "/" + networkId).substring(0, 6);
  }

  /// SHA-256 in hexadecimal digits.
  static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DavitException conflict(String message) {
    return new DavitException(Kind.CONFLICT, message);
  }
}
