package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.netlink.Slave;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of network drivers in docker's words. Throws `INVALID` where a value is none.
record DriverOptions(String network, Map<String, String> values) {
  private static final String MTU = "com.docker.network.driver.mtu";
  private static final String NAME = "com.docker.network.bridge.name";
  private static final String ICC = "com.docker.network.bridge.enable_icc";
  private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  private static final String BINDING = "com.docker.network.bridge.host_binding_ipv4";
  private static final String PREFIX = "com.docker.network.container_iface_prefix";
  private static final String PARENT = "parent";
  private static final Map<String, Integer> MACVLAN_MODES =
      Map.of("private", 1, "vepa", 2, "bridge", 4, "passthru", 8);
  private static final Map<String, Integer> IPVLAN_MODES = Map.of("l2", 0, "l3", 1, "l3s", 2);
  private static final Map<String, Integer> IPVLAN_FLAGS =
      Map.of("bridge", 0, "private", 1, "vepa", 2);

  static DriverOptions of(NetworkConfig config) {
    return new DriverOptions(config.name(), config.options());
  }

  /// Throws unless all of them can be honoured.
  void check() {
    var _ = mtu(1500);
    var _ = bridgeName();
    var _ = betweenContainers();
    var _ = masquerade();
    var _ = hostBinding();
    var _ = interfacePrefix();
    var _ = mode(Slave.Kind.MACVLAN);
    var _ = mode(Slave.Kind.IPVLAN);
    var _ = flags();
  }

  int mtu(int usual) {
    String mtu = values.get(MTU);
    if (mtu == null) {
      return usual;
    }
    if (!(mtu.matches("[0-9]{2,5}") && Integer.parseInt(mtu) >= 68)) {
      throw invalid(MTU, "give it a number from 68 on, 1500 for Ethernet");
    }
    return Integer.parseInt(mtu);
  }

  boolean hasMtu() {
    return values.containsKey(MTU);
  }

  Optional<String> bridgeName() {
    return Optional.ofNullable(linkName(NAME, 15));
  }

  /// Whether containers on it reach each other.
  boolean betweenContainers() {
    return flag(ICC);
  }

  /// Whether its containers go out with an address of the host.
  boolean masquerade() {
    return flag(MASQUERADE);
  }

  /// Where ports are published that name no address of the host.
  Optional<Ipv4> hostBinding() {
    return Optional.ofNullable(values.get(BINDING)).map(Ipv4::parse);
  }

  /// `eth` of `eth0`.
  String interfacePrefix() {
    String prefix = linkName(PREFIX, 12);
    return prefix == null ? "eth" : prefix;
  }

  /// The interface of the host that containers share.
  Optional<String> parent() {
    return Optional.ofNullable(linkName(PARENT, 15));
  }

  int mode(Slave.Kind kind) {
    return switch (kind) {
      case MACVLAN -> choice("macvlan_mode", MACVLAN_MODES, "bridge");
      case IPVLAN -> choice("ipvlan_mode", IPVLAN_MODES, "l2");
    };
  }

  int flags() {
    return choice("ipvlan_flag", IPVLAN_FLAGS, "bridge");
  }

  private @Nullable String linkName(String key, int longest) {
    String name = values.get(key);
    if (name == null || name.isEmpty()) {
      return null;
    }
    if (!name.matches("[^/\\s:%]{1," + longest + "}") || Set.of("lo", ".", "..").contains(name)) {
      throw invalid(key, "give it the name of an interface, at most " + longest + " characters");
    }
    return name;
  }

  private boolean flag(String key) {
    String value = values.getOrDefault(key, "true");
    if (!value.matches("1|t|T|true|True|TRUE|0|f|F|false|False|FALSE")) {
      throw invalid(key, "write true or false");
    }
    return value.matches("1|(?i)t(rue)?");
  }

  private int choice(String key, Map<String, Integer> choices, String usual) {
    Integer number = choices.get(values.getOrDefault(key, usual));
    if (number == null) {
      throw invalid(key, "write " + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return number;
  }

  private DavitException invalid(String key, String action) {
    return new DavitException(
        Kind.INVALID,
        "option \"%s\" of network \"%s\" is \"%s\"".formatted(key, network, values.get(key)),
        action);
  }
}
