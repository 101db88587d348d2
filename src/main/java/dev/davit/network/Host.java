package dev.davit.network;

import dev.davit.netlink.Address;
import dev.davit.netlink.Family;
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
import java.util.stream.Stream;

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
      var range = new Cidr(Ip.of(address.address().getAddress()), address.prefixLength());
      held.add(new Held(range, "interface " + name.apply(address.link()), true));
    }
    for (Route route : Rtnetlink.routes(netlink)) {
      var range = new Cidr(Ip.of(route.destination().getAddress()), route.prefixLength());
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

  /// Whether the kernel speaks IPv6 at all.
  static boolean hasIpv6() {
    return Files.exists(SYSCTL.resolve("ipv6"));
  }

  /// Lets packets pass through the host, if it does not yet.
  static void forward(Family family) {
    if (family == Family.IP) {
      set(SYSCTL.resolve("ipv4/ip_forward"), "1");
      return;
    }
    Path all = SYSCTL.resolve("ipv6/conf/all/forwarding");
    if (!read(all).equals("1")) {
      keepAdvertisedRoutes();
      set(all, "1");
    }
  }

  // A host that forwards takes no router advertisements any more, and so loses its own way out,
  // unless its interfaces have 2 (ip-sysctl, accept_ra).
  private static void keepAdvertisedRoutes() {
    try (Stream<Path> links = Files.list(SYSCTL.resolve("ipv6/conf"))) {
      links
          .map(link -> link.resolve("accept_ra"))
          .filter(file -> Files.exists(file) && read(file).equals("1"))
          .forEach(file -> set(file, "2"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a bridge of ours needs.
  static void prepareBridge(Network network) {
    String bridge = network.bridge();
    if (!network.config().internal()) {
      // A connection to 127.0.0.1 of the host may be turned to a container; the firewall sees to it
      // that nobody else uses this.
      set(SYSCTL.resolve("ipv4/conf").resolve(bridge).resolve("route_localnet"), "1");
    }
    if (hasIpv6()) {
      Path ipv6 = SYSCTL.resolve("ipv6/conf").resolve(bridge);
      // No container tells the host where to send its packets.
      set(ipv6.resolve("accept_ra"), "0");
      set(ipv6.resolve("autoconf"), "0");
      set(ipv6.resolve("accept_dad"), "0");
      set(ipv6.resolve("disable_ipv6"), network.ipv6().isPresent() ? "0" : "1");
    }
  }

  /// What tells this machine from others, machine-id(5); empty where there is none.
  static String machineId() {
    Path file = Path.of("/etc/machine-id");
    return Files.isReadable(file) ? read(file) : "";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(Path file, String value) {
    try {
      if (!read(file).equals(value)) {
        Files.writeString(file, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
