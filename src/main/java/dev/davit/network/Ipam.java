package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which subnets and addresses are given to whom. Decides only; equal arguments give equal answers.
final class Ipam {
  // 0.0.0.0/1 and the like are default routes in disguise (VPNs set them).
  private static final int DEFAULT_ROUTE_LENGTH = 7;

  private Ipam() {}

  /// The first subnet of 256 addresses that overlaps none of `held`.
  static Subnet chooseSubnet(Collection<Held> held) {
    return Stream.of("10.89.0.0/16", "172.20.0.0/14", "172.24.0.0/14", "192.168.128.0/17")
        .map(Cidr::parse)
        .flatMap(Ipam::quarters)
        .filter(candidate -> held.stream().noneMatch(other -> blocks(other, candidate)))
        .findFirst()
        .map(cidr -> new Subnet(cidr, Optional.empty(), Optional.empty()))
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.UNAVAILABLE,
                    "no free subnet in 10.89.0.0/16, 172.20.0.0/14, 172.24.0.0/14 and"
                        + " 192.168.128.0/17",
                    "give the network a subnet of its own"));
  }

  private static Stream<Cidr> quarters(Cidr pool) {
    return IntStream.range(0, (int) (pool.size() / 256))
        .mapToObj(i -> new Cidr(pool.first().plus(256 * i), 24));
  }

  private static boolean blocks(Held held, Cidr candidate) {
    return held.range().length() > DEFAULT_ROUTE_LENGTH && held.range().overlaps(candidate);
  }

  /// Throws unless a network can have `subnet`. A route of the host that is wider than it is no
  /// obstacle: the narrower one wins.
  static void checkSubnet(Subnet subnet, Collection<Held> held) {
    Cidr cidr = subnet.subnet();
    if (cidr.length() > 30 || cidr.length() < 8) {
      throw invalid("subnet \"" + cidr + "\" is not between /8 and /30");
    }
    subnet.gateway().ifPresent(gateway -> checkHost(gateway, cidr, "gateway"));
    if (subnet.ipRange().isPresent() && !cidr.contains(subnet.ipRange().get())) {
      throw invalid("ip range \"" + subnet.ipRange().get() + "\" is not in subnet \"" + cidr + '"');
    }
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

  /// The host's address on a subnet.
  static Ipv4 gateway(Subnet subnet) {
    return subnet.gateway().orElse(subnet.subnet().first().plus(1));
  }

  /// The lowest address of the network that is not in `taken`.
  static Ipv4 choose(Network network, Set<Ipv4> taken) {
    Cidr subnet = network.subnet();
    Cidr range =
        network.config().ipam().stream()
            .flatMap(given -> given.ipRange().stream())
            .findFirst()
            .orElse(subnet);
    for (long i = 0; i < range.size(); i++) {
      Ipv4 address = range.first().plus((int) i);
      boolean edge = address.equals(subnet.first()) || address.equals(subnet.last());
      if (!edge && !address.equals(network.gateway()) && !taken.contains(address)) {
        return address;
      }
    }
    throw new DavitException(
        Kind.UNAVAILABLE,
        "no free address in \"" + range + "\" of network \"" + network.name() + '"',
        "give the network a larger subnet");
  }

  /// Throws unless `address` can be a static address on the network.
  static void checkStatic(Network network, Ipv4 address) {
    checkHost(address, network.subnet(), "address");
    if (address.equals(network.gateway())) {
      throw new DavitException(
          Kind.CONFLICT,
          "address \"" + address + "\" is the gateway of network \"" + network.name() + '"');
    }
  }

  private static void checkHost(Ipv4 address, Cidr subnet, String what) {
    if (!subnet.contains(address)
        || address.equals(subnet.first())
        || address.equals(subnet.last())) {
      throw invalid(
          "%s \"%s\" is no address of a host in subnet \"%s\"".formatted(what, address, subnet));
    }
  }

  private static DavitException invalid(String message) {
    return new DavitException(Kind.INVALID, message);
  }
}
