package dev.davit.network;

import dev.davit.netlink.Address;
import dev.davit.netlink.Link;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Route;
import dev.davit.netlink.Rtnetlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What networks meet on the host, and the switches that they need there.
final class Host {
  private static final Path SYSCTL = Path.of("/proc/sys/net");
  private static final int ETHERNET_MTU = 1500;

  private Host() {}

  /// The addresses and routes of the host.
  static List<Held> held(Netlink netlink) {
    Map<Integer, String> names =
        Rtnetlink.links(netlink).stream().collect(Collectors.toMap(Link::index, Link::name));
    Function<Integer, String> name = index -> '"' + names.getOrDefault(index, "?") + '"';
    var held = new ArrayList<Held>();
    for (Address address : Rtnetlink.addresses(netlink)) {
      var range = new Cidr(Ipv4.of(address.address().getAddress(), 0), address.prefixLength());
      held.add(new Held(range, "interface " + name.apply(address.link()), true));
    }
    for (Route route : Rtnetlink.routes(netlink)) {
      var range = new Cidr(Ipv4.of(route.destination().getAddress(), 0), route.prefixLength());
      held.add(new Held(range, "the host's route over " + name.apply(route.link()), false));
    }
    return held;
  }

  /// The MTU of the interface that has the default route, at most Ethernet's.
  static int mtu(Netlink netlink) {
    List<Integer> ways =
        Rtnetlink.routes(netlink).stream()
            .filter(route -> route.prefixLength() == 0)
            .map(Route::link)
            .toList();
    return Rtnetlink.links(netlink).stream()
        .filter(link -> ways.contains(link.index()))
        .mapToInt(Link::mtu)
        .reduce(ETHERNET_MTU, Math::min);
  }

  /// Lets packets pass through the host, if it does not yet.
  static void forwardPackets() {
    set(SYSCTL.resolve("ipv4/ip_forward"), "1");
  }

  /// What a bridge of ours needs.
  static void prepareBridge(String bridge, boolean internal) {
    if (!internal) {
      // A connection to 127.0.0.1 of the host may be turned to a container; the firewall sees to it
      // that nobody else uses this.
      set(SYSCTL.resolve("ipv4/conf").resolve(bridge).resolve("route_localnet"), "1");
    }
    Path ipv6 = SYSCTL.resolve("ipv6/conf").resolve(bridge).resolve("disable_ipv6");
    if (Files.exists(ipv6)) {
      set(ipv6, "1");
    }
  }

  private static void set(Path file, String value) {
    try {
      if (!Files.readString(file).strip().equals(value)) {
        Files.writeString(file, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
