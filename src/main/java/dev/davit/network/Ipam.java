package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// Which subnets and addresses are given to whom. Decides only; equal arguments give equal answers.
final class Ipam {
  // 0.0.0.0/1 and the like are default routes in disguise (VPNs set them).
  private static final int DEFAULT_ROUTE_LENGTH = 7;

  private Ipam() {}

  /// The first IPv4 subnet of `pools` that overlaps none of `held`.
  static Subnet chooseSubnet(AddressPools pools, Collection<Held> held) {
    return pools
        .subnets()
        .filter(candidate -> held.stream().noneMatch(other -> blocks(other, candidate)))
        .findFirst()
        .map(Subnet::of)
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.UNAVAILABLE,
                    "no free subnet in " + pools,
                    "remove networks that nobody uses with \"davit network prune\", give this one a"
                        + " subnet of its own, or start the engine with other "
                        + AddressPools.SETTING));
  }

  /// The first /64 of `site`, a /48, that overlaps none of `held`.
  static Subnet chooseIpv6Subnet(Ipv6 site, Collection<Held> held) {
    return IntStream.range(1, 1 << 16)
        .mapToObj(i -> new Cidr(new Ipv6(site.high() + i, 0), 64))
        .filter(candidate -> held.stream().noneMatch(other -> blocks(other, candidate)))
        .findFirst()
        .map(Subnet::of)
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.UNAVAILABLE,
                    "no free subnet in " + new Cidr(site, 48),
                    "give the network an IPv6 subnet of its own"));
  }

  /// A /48 of unique local addresses (RFC 4193) that is `seed`'s.
  static Ipv6 site(String seed) {
    long random = Long.parseUnsignedLong(Placing.hash(seed).substring(0, 10), 16);
    return new Ipv6(0xfdL << 56 | random << 16, 0);
  }

  private static boolean blocks(Held held, Cidr candidate) {
    return held.range().length() > DEFAULT_ROUTE_LENGTH && held.range().overlaps(candidate);
  }

  /// Throws unless a network can have `subnet`. A route of the host that is wider than it is no
  /// obstacle: the narrower one wins.
  static void checkSubnet(Subnet subnet, Collection<Held> held) {
    Cidr cidr = subnet.subnet();
    int longest = cidr.isIpv6() ? 126 : 30;
    if (cidr.length() > longest || cidr.length() < 8) {
      throw invalid("subnet \"" + cidr + "\" is not between /8 and /" + longest);
    }
    subnet.gateway().ifPresent(gateway -> checkHost(gateway, cidr, "gateway"));
    if (subnet.ipRange().isPresent() && !cidr.contains(subnet.ipRange().get())) {
      throw invalid("ip range \"" + subnet.ipRange().get() + "\" is not in subnet \"" + cidr + '"');
    }
    subnet.reserved().forEach((who, address) -> checkHost(address, cidr, who));
    for (Held other : held) {
      boolean wider = !other.connected() && other.range().length() < cidr.length();
      if (!wider && other.range().overlaps(cidr)) {
        throw new DavitException(
            Kind.CONFLICT,
            "subnet \"" + cidr + "\" overlaps \"" + other.range() + "\" of " + other.by(),
            "choose another subnet, or leave it out");
      }
    }
  }

  /// The lowest address of `subnet` that is not in `taken`.
  static Ip choose(Network network, Subnet subnet, Set<Ip> taken) {
    Cidr all = subnet.subnet();
    Cidr range = subnet.ipRange().orElse(all);
    for (long i = 0; i < range.size(); i++) {
      Ip address = range.first().plus(i);
      boolean free = !address.equals(subnet.host()) && !subnet.reserved().containsValue(address);
      if (free && !isEdge(address, all) && !taken.contains(address)) {
        return address;
      }
    }
    throw new DavitException(
        Kind.UNAVAILABLE,
        "no free address in \"%s\" of network \"%s\", which has %d for containers"
            .formatted(range, network.name(), room(subnet)),
        "remove what is on it, or give the network a larger subnet with ipam:"
            + " {config: [{subnet: 10.77.0.0/16}]}, or --subnet");
  }

  /// How many containers the subnet has addresses for.
  static long room(Subnet subnet) {
    Cidr all = subnet.subnet();
    Cidr range = subnet.ipRange().orElse(all);
    Set<Ip> others = new HashSet<>(subnet.reserved().values());
    others.add(subnet.host());
    others.add(subnet.subnet().first());
    if (!all.isIpv6()) {
      others.add(all.last());
    }
    return range.size() - others.stream().filter(range::contains).count();
  }

  // The last address is one of a host in IPv6.
  private static boolean isEdge(Ip address, Cidr subnet) {
    return address.equals(subnet.first()) || (!subnet.isIpv6() && address.equals(subnet.last()));
  }

  /// Throws unless `address` can be a static address on the network.
  static void checkStatic(Network network, Subnet subnet, Ip address) {
    checkHost(address, subnet.subnet(), "address");
    if (address.equals(subnet.host())) {
      throw new DavitException(
          Kind.CONFLICT,
          "address \"" + address + "\" is the gateway of network \"" + network.name() + '"');
    }
  }

  private static void checkHost(Ip address, Cidr subnet, String what) {
    if (!subnet.contains(address) || isEdge(address, subnet)) {
      throw invalid(
          "%s \"%s\" is no address of a host in subnet \"%s\"".formatted(what, address, subnet));
    }
  }

  private static DavitException invalid(String message) {
    return new DavitException(Kind.INVALID, message);
  }
}
