package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Collection;
import java.util.Set;

/// Whether a network can be made as it is asked for. Decides only.
final class Admission {
  private static final Set<String> DRIVERS = Set.of(NetworkConfig.BRIDGE, "macvlan", "ipvlan");

  private Admission() {}

  /// Throws unless a network can be called so.
  static void checkName(String name) {
    if (!name.matches(Networks.NAME)) {
      throw new DavitException(
          Kind.INVALID,
          "network name \"" + name + "\" is not possible",
          "use letters, digits, \"_\", \".\" and \"-\"");
    }
    if (Networks.PREDEFINED.contains(name)) {
      throw new DavitException(
          Kind.DENIED,
          "network \"" + name + "\" is always there and cannot be made",
          "choose another name, or use it with external: true");
    }
  }

  /// Throws unless a network can be as `config` says, beside those that there are.
  static void check(NetworkConfig config, Collection<Network> others) {
    if (!DRIVERS.contains(config.driver())) {
      throw new DavitException(
              Kind.UNSUPPORTED,
              "driver \"%s\" of network \"%s\" is not supported"
                  .formatted(config.driver(), config.name()),
              "use the driver bridge, macvlan or ipvlan")
          .about(Culprit.of(Part.DRIVER));
    }
    if (!config.ipv4() && !config.ipv6()) {
      throw new DavitException(
          Kind.INVALID,
          "network \"" + config.name() + "\" has neither IPv4 nor IPv6",
          "set enable_ipv6, or leave enable_ipv4 out");
    }
    if (config.ipv6() && !Host.hasIpv6()) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "network \"" + config.name() + "\" cannot have IPv6: this kernel has none",
          "remove enable_ipv6");
    }
    DriverOptions.of(config).check();
    if (others.stream().anyMatch(n -> n.name().equals(config.name()))) {
      throw new DavitException(Kind.CONFLICT, "network \"" + config.name() + "\" exists already");
    }
  }
}
