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
import java.util.Map;
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
    Ipv4 address = address(network, config);
    String mac = config.mac().map(Placing::checkMac).orElseGet(() -> Wiring.mac(address));
    var names = new ArrayList<>(List.of(sandbox.name()));
    Stream.concat(config.names().stream(), Stream.of(shortId(sandbox)))
        .distinct()
        .forEach(names::add);
    var endpoint =
        new Endpoint(
            network.id(),
            network.name(),
            interfaceName(sandbox, config),
            address,
            network.subnet().length(),
            network.gateway(),
            mac,
            names);
    return new Attachment(
        endpoint,
        hostLink(sandbox.id(), network.id()),
        network.config().internal(),
        config.priority(),
        config.gwPriority());
  }

  private Ipv4 address(Network network, EndpointConfig config) {
    Map<Ipv4, String> taken = taken(network.id());
    if (config.ipv4().isEmpty()) {
      return Ipam.choose(network, taken.keySet());
    }
    Ipv4 address = config.ipv4().get();
    Ipam.checkStatic(network, address);
    if (taken.containsKey(address)) {
      throw conflict(
          "address \"%s\" of network \"%s\" is held by container \"%s\""
              .formatted(address, network.name(), taken.get(address)));
    }
    return address;
  }

  private Map<Ipv4, String> taken(String networkId) {
    var taken = new HashMap<Ipv4, String>();
    sandboxes.forEach(
        other ->
            other.on(networkId).ifPresent(at -> taken.put(at.endpoint().address(), other.name())));
    return taken;
  }

  /// The containers on a network, by name.
  List<String> on(String networkId) {
    return sandboxes.stream()
        .filter(sandbox -> sandbox.on(networkId).isPresent())
        .map(SandboxState::name)
        .sorted()
        .toList();
  }

  private static String interfaceName(SandboxState sandbox, EndpointConfig config) {
    var used =
        sandbox.attachments().stream()
            .map(each -> each.endpoint().interfaceName())
            .collect(Collectors.toSet());
    if (config.interfaceName().isEmpty()) {
      int number = 0;
      while (used.contains("eth" + number)) {
        number++;
      }
      return "eth" + number;
    }
    String name = config.interfaceName().get();
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
    boolean good = mac.matches("(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}");
    if (!good || (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
      throw new DavitException(
          Kind.INVALID,
          "\"" + mac + "\" is no MAC address of an interface",
          "write it like 02:42:0a:59:00:02");
    }
    return mac.toLowerCase(java.util.Locale.ROOT);
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
